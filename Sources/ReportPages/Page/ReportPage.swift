/// A report as one page: no script, nothing from the network, light and dark, for the screen and for
/// paper.
package struct ReportPage: Sendable {
  package let title: String
  package let subtitle: String
  package let blocks: [ReportBlock]

  package init(title: String, subtitle: String, blocks: [ReportBlock]) {
    self.title = title
    self.subtitle = subtitle
    self.blocks = blocks
  }

  /// Well-formed XML whatever the texts are.
  ///
  /// O(length of what it shows).
  package var html: String {
    var body = "<header><h1>\(PageText.escaped(title))</h1>"
    if !subtitle.isEmpty { body += "<p class=\"faint\">\(PageText.escaped(subtitle))</p>" }
    body += "</header>\n<main class=\"report\">\n"
    for block in blocks { body += Self.markup(of: block) }
    body += "</main>\n"
    let style = Self.style + ReportListing.style + ChartStyle.sheet
    return PageFrame.html(title: title, style: style, body: body)
  }

  private static func markup(of block: ReportBlock) -> String {
    switch block {
    case .heading(let text): "<h2>\(PageText.escaped(text))</h2>\n"
    case .prose(let text): "<p>\(PageText.escaped(text))</p>\n"
    case .list(let items):
      items.isEmpty
        ? ""
        : "<ul>\n" + items.map { "<li>\(PageText.escaped($0))</li>\n" }.joined() + "</ul>\n"
    case .preformatted(let text):
      "<pre class=\"scroll\">\(PageText.escaped(text))</pre>\n"
    case .tiles(let tiles): markup(of: tiles)
    case .table(let table): markup(of: table)
    case .listing(let listing): listing.markup
    case .waterfall(let chart): figure(chart)
    case .bars(let chart): figure(chart)
    case .curve(let chart): figure(chart)
    case .days(let chart): figure(chart)
    case .scatter(let chart): figure(chart)
    case .details(let summary, let blocks):
      "<details>\n<summary>\(PageText.escaped(summary))</summary>\n"
        + blocks.map(markup).joined() + "</details>\n"
    }
  }

  private static func markup(of tiles: [ReportTile]) -> String {
    guard !tiles.isEmpty else { return "" }
    var out = "<dl class=\"tiles\">\n"
    for tile in tiles {
      out += "<div><dt>\(PageText.escaped(tile.label))</dt>"
      out += "<dd class=\"value\">\(PageText.escaped(tile.value))</dd>"
      if !tile.note.isEmpty { out += "<dd class=\"note\">\(PageText.escaped(tile.note))</dd>" }
      out += "</div>\n"
    }
    return out + "</dl>\n"
  }

  private static func markup(of table: ReportTable) -> String {
    var out = "<div class=\"scroll\"><table>\n"
    if !table.caption.isEmpty { out += "<caption>\(PageText.escaped(table.caption))</caption>\n" }
    if table.columns.contains(where: { !$0.title.isEmpty }) {
      out += "<thead><tr>"
      for column in table.columns {
        let name = column.isFigure ? " class=\"figure\"" : ""
        out += "<th scope=\"col\"\(name)>\(PageText.escaped(column.title))</th>"
      }
      out += "</tr></thead>\n"
    }
    out += "<tbody>\n"
    for row in table.rows {
      out += "<tr>"
      for place in 0..<max(row.count, table.columns.count) {
        let isFigure = table.columns.indices.contains(place) && table.columns[place].isFigure
        let text = row.indices.contains(place) ? PageText.escaped(row[place]) : ""
        out += isFigure ? "<td class=\"figure\">\(text)</td>" : "<td>\(text)</td>"
      }
      out += "</tr>\n"
    }
    // A body of a table must hold something.
    if table.rows.isEmpty {
      out += "<tr><td colspan=\"\(max(1, table.columns.count))\" class=\"faint\">none</td></tr>\n"
    }
    return out + "</tbody>\n</table></div>\n"
  }

  /// The drawing for wide windows and for narrow ones; the window shows one of them.
  private static func figure(_ chart: some DrawnChart) -> String {
    var out = "<figure class=\"chart\">\n"
    out += ChartMarkup.element(chart, width: ChartMarkup.wide, name: "rc rc-wide")
    out += ChartMarkup.element(chart, width: ChartMarkup.narrow, name: "rc rc-narrow")
    if !chart.caption.isEmpty {
      out += "<figcaption>\(PageText.escaped(chart.caption))</figcaption>\n"
    }
    return out + "</figure>\n"
  }

  private static let style = """

    .report { max-width: 1080px; padding: 16px 20px 48px; }
    .report h2 { margin: 36px 0 8px; }
    .report p { margin: 8px 0; max-width: 76ch; overflow-wrap: anywhere; }
    .report li { max-width: 76ch; overflow-wrap: anywhere; }
    .report ul { padding-left: 20px; }
    header p { margin: 2px 0 0; overflow-wrap: anywhere; } .faint { color: var(--faint); }
    .report td { overflow-wrap: break-word; max-width: 60ch; }
    .report .figure { text-align: right; }
    caption, figcaption { color: var(--faint); font-size: 13px; text-align: left; }
    caption { padding-bottom: 4px; } figcaption { margin-top: 4px; max-width: 76ch;
      overflow-wrap: anywhere; }
    .scroll { margin: 12px 0; }
    pre { font: 12.5px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
    .tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 12px 0; padding: 0; }
    .tiles div { flex: 1 1 150px; max-width: 260px; border: 1px solid var(--rule);
      border-radius: 6px; padding: 8px 12px; min-width: 0; }
    .tiles dt, .tiles .note { color: var(--faint); font-size: 12.5px; margin: 0;
      overflow-wrap: anywhere; }
    .tiles .value { font-size: 22px; font-weight: 600; margin: 0; line-height: 1.3;
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    .chart { margin: 16px 0 20px; }
    .chart .rc { display: block; width: 100%; height: auto; }
    .chart .rc-wide { max-width: 860px; }
    .chart .rc-narrow { display: none; max-width: 480px; }
    @media (max-width: 620px) { .chart .rc-wide { display: none; }
      .chart .rc-narrow { display: block; } }
    @media print { .report { max-width: none; padding: 0; }
      .chart, tr, .tiles div { break-inside: avoid; } h2 { break-after: avoid; }
      details::details-content { content-visibility: visible; block-size: auto; } }

    """
}
