/// One part of a report's page.
///
/// All words are finished: money, shares and dates come as they are to be read. A `Double` is a length
/// on the page and nothing else.
package enum ReportBlock: Sendable {
  case heading(String)
  case prose(String)
  case list([String])
  /// Lines as a terminal shows them.
  case preformatted(String)
  case tiles([ReportTile])
  case table(ReportTable)
  case listing(ReportListing)
  case waterfall(WaterfallChart)
  case bars(BarChart)
  case curve(CurveChart)
  case days(DayChart)
  case scatter(ScatterChart)
  indirect case details(summary: String, [ReportBlock])
}

/// A figure that is read first.
package struct ReportTile: Sendable {
  package let label: String
  package let value: String
  package let note: String

  package init(label: String, value: String, note: String = "") {
    self.label = label
    self.value = value
    self.note = note
  }
}

/// A table; rows may be shorter than its columns.
package struct ReportTable: Sendable {
  package let columns: [ReportColumn]
  package let rows: [[String]]
  package let caption: String

  package init(columns: [ReportColumn], rows: [[String]], caption: String = "") {
    self.columns = columns
    self.rows = rows
    self.caption = caption
  }
}

/// What stands over a column; figures are set to the right.
package struct ReportColumn: Sendable {
  package let title: String
  package let isFigure: Bool

  package init(title: String, isFigure: Bool = false) {
    self.title = title
    self.isFigure = isFigure
  }
}
