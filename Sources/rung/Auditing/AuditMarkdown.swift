import PolicyUnits
import TrafficAudit

/// An audit as a comment of a pull request, or for a weekly note.
struct AuditMarkdown {
  private let words: AuditWords
  private let sections: [AuditSections.Section]

  init(_ result: AuditResult) {
    words = AuditWords(result: result)
    sections = AuditSections(words: words, shown: Self.shownRows).all
  }

  private static let shownRows = 12

  /// What changed and what could be done stand open, all else below a line to open.
  var text: String {
    var lines = ["**\(MarkdownText.cell(headline))**"]
    for section in sections {
      let isOpen = open.contains(section.title)
      let title = MarkdownText.cell(section.title)
      lines += ["", isOpen ? "#### \(title)" : "<details><summary>\(title)</summary>", ""]
      lines += body(section)
      if !isOpen { lines += ["", "</details>"] }
    }
    let head = words.head.map { "\($0.label): \($0.text)" }
    lines += folded("What was read", head + words.result.problems.map { "\($0)" })
    lines += folded("Taken for granted", words.assumptions)
    return lines.joined(separator: "\n")
  }

  private var headline: String {
    if let change = words.report.comparison { return words.answer(change) }
    let total = words.report.total
    return "\(AuditWords.count(total.requests, "request")) cost \(words.money(total.cost))"
      + (total.unpriced > 0 ? ", beside what nobody knows" : "")
  }

  /// Titles of the sections that stand open.
  private var open: Set<String> {
    var open: Set<String> = ["What could be done"]
    open.insert(sections.first?.title ?? "")
    return open
  }

  private func body(_ section: AuditSections.Section) -> [String] {
    var lines: [String] = []
    if let table = section.table {
      lines.append(MarkdownText.row(table.columns.map { MarkdownText.cell($0.title) }))
      lines.append("|" + table.columns.map { $0.isFigure ? "---:|" : "---|" }.joined())
      lines += table.rows.map { MarkdownText.row($0.map(MarkdownText.cell)) }
      if table.more > 0 {
        lines += ["", "and \(Amounts.grouped(Int64(table.more))) more; --format json has them all"]
      }
      if !section.lines.isEmpty { lines.append("") }
    }
    return lines + Self.list(section.lines.filter { $0 != headline })
  }

  /// What is set in belongs to the line before it.
  private static func list(_ lines: [String]) -> [String] {
    lines.map { line in
      let text = line.drop { $0 == " " }
      return (text.count < line.count ? "  - " : "- ") + MarkdownText.cell(String(text))
    }
  }

  private func folded(_ title: String, _ lines: [String]) -> [String] {
    ["", "<details><summary>\(title)</summary>", ""] + Self.list(lines) + ["", "</details>"]
  }
}
