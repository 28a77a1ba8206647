import ReportPages

/// A policy beside its source, in the frame of all pages.
enum HTMLPage {
  /// The title is plain text, `main` markup whose texts are escaped, and its links point into
  /// `source`.
  static func text(title: String, main: String, source: SourceListing) -> String {
    let body = """
      <header><h1>\(PageText.escaped(title))</h1></header>
      <div class="page">
      <main>
      \(main)</main>
      \(source.html)</div>

      """
    return PageFrame.html(title: title, style: PictureStyle.sheet + style, body: body)
  }

  /// The picture in a frame that scrolls sideways where the page is narrow.
  static func figure(_ svg: PictureSVG) -> String {
    "<figure class=\"picture\">\n\(svg.inline)</figure>\n"
  }

  private static let style = """

    h3 { font-size: 13px; margin: 20px 0 4px; color: var(--faint); font-weight: 600; }
    code, .lines, .model { font-family: \(PictureStyle.fonts); font-size: 13px; }
    section { margin-bottom: 40px; }
    .scroll + section { margin-top: 28px; }
    section + section { border-top: 1px solid var(--rule); padding-top: 24px; }
    .picture { margin: 12px 0; overflow-x: auto; border: 1px solid var(--rule);
      border-radius: 6px; }
    .picture > svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
    .verdict { font-size: 18px; margin: 4px 0; } .verdict b { color: var(--lit); }
    .bad, .verdict b.bad { color: var(--bad); } .faint { color: var(--faint); }
    .costs { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 8px 0; padding: 0; }
    .costs div { display: flex; flex-direction: column; } .costs dt { color: var(--faint);
      font-size: 12px; } .costs dd { margin: 0; font-variant-numeric: tabular-nums; }
    tr.off td { color: var(--faint); }
    .at { white-space: nowrap; font-size: 12.5px; }
    .source { background: var(--side); border-top: 1px solid var(--rule); padding: 16px 0;
      overflow-x: auto; }
    .source h2 { padding: 0 16px; font-size: 13px; color: var(--faint); }
    .lines { list-style: none; counter-reset: line; margin: 0 0 24px; padding: 0;
      min-width: max-content; }
    .lines li { counter-increment: line; padding: 0 16px 0 0; white-space: pre;
      scroll-margin: 40vh 0; line-height: 1.45; }
    .lines li::before { content: counter(line); display: inline-block; width: 44px;
      padding-right: 14px; text-align: right; color: var(--faint); }
    .lines li:target { background: var(--mark); }
    @media (min-width: 1500px) {
      .page { display: grid; grid-template-columns: minmax(0, 1fr) minmax(360px, 34vw);
        align-items: start; }
      .source { position: sticky; top: 0; height: 100vh; overflow: auto; border-top: 0;
        border-left: 1px solid var(--rule); }
    }
    @media print { .source { overflow: visible; height: auto; position: static; } }

    """
}
