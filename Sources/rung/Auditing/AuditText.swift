import PolicyExplain
import PolicyUnits
import TrafficAudit

/// An audit for a terminal.
struct AuditText {
  private let words: AuditWords
  private let style: Style

  init(_ result: AuditResult, style: Style) {
    words = AuditWords(result: result)
    self.style = style
  }

  private static let shownRows = 12

  var text: String {
    var lines = words.head.map { label, text in
      label + String(repeating: " ", count: max(1, 11 - label.count)) + Terminal.harmless(text)
    }
    lines += words.result.problems.prefix(3).map {
      "           " + Terminal.harmless("\($0)")
    }
    for section in AuditSections(words: words, shown: Self.shownRows).all {
      lines += ["", style.bold(Terminal.harmless(section.title))]
      if let table = section.table { lines += Self.lines(table) }
      lines += section.lines.map { "  " + Terminal.harmless($0) }
    }
    lines += ["", style.bold("Taken for granted")]
    lines += words.assumptions.map { "  " + Terminal.harmless($0) }
    return lines.joined(separator: "\n")
  }

  private static func lines(_ table: AuditSections.Table) -> [String] {
    var columns = Columns(table.columns.map { $0.isFigure ? .right : .left })
    if table.columns.contains(where: { !$0.title.isEmpty }) {
      columns.add(table.columns.map(\.title))
    }
    for row in table.rows { columns.add(row.map(Terminal.harmless)) }
    var lines = columns.lines
    if table.more > 0 {
      lines.append("  and \(Amounts.grouped(Int64(table.more))) more; --format json has them all")
    }
    return lines
  }
}
