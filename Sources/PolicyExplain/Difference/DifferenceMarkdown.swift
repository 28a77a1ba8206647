import PolicyAnalysis

/// A difference for a pull request: a table of what changes, and the request that shows each.
package struct DifferenceMarkdown: Sendable {
  private let report: DifferenceReport
  private let limit: Int?

  package init(_ report: DifferenceReport, showingAll: Bool = false) {
    self.report = report
    limit = showingAll ? nil : 10
  }

  package var text: String {
    var lines = ["### `\(report.oldPath)` → `\(report.newPath)`", ""]
    if report.isEquivalent {
      lines.append("**Equivalent**: every request is treated the same.")
    } else {
      lines.append("Changes: " + report.kinds.map(\.rawValue).joined(separator: ", ") + ".")
    }
    if !report.declarations.isEmpty {
      lines += ["", "| declared | before | now |", "|---|---|---|"]
      for change in report.declarations {
        let note = change.note.map { "<br>\(Self.cell($0))" } ?? ""
        lines.append(
          "| \(Self.code(change.name)) | \(Self.code(change.old)) | \(Self.code(change.new))\(note) |"
        )
      }
    }
    let shown = limit.map { Array(report.changes.prefix($0)) } ?? report.changes
    for (index, change) in shown.enumerated() { lines += words(change, number: index + 1) }
    let rest = report.changes.count - shown.count
    if rest > 0 { lines += ["", "And \(rest) more."] }
    if !report.renamed.isEmpty {
      let names = report.renamed.map { "`\($0.old)` → `\($0.new)`" }.joined(separator: ", ")
      lines += ["", "Renamed, and the same: \(names)."]
    }
    for question in report.undecided {
      lines += [
        "", "**Undecided**: \(Self.plain(question.question)): \(Self.plain(question.reason)).",
      ]
    }
    return lines.joined(separator: "\n")
  }

  private func words(_ change: DifferenceReport.Change, number: Int) -> [String] {
    let kinds = change.kinds.map(\.rawValue).joined(separator: ", ")
    var lines = ["", "#### \(number). \(kinds)", ""]
    var regions = change.region.map { Self.code($0) }.joined(separator: "<br>or ")
    if regions.isEmpty { regions = "the request below, and others" }
    if !change.isWholeRegion { regions += "<br>and more" }
    lines += ["Where \(regions)", "", "| | before | now |", "|---|---|---|"]
    if !change.routes.isEmpty {
      let routes = change.routes.prefix(6).map { Self.code($0) }.joined(separator: ", ")
      let rest = change.routes.count > 6 ? " and \(change.routes.count - 6) more" : ""
      lines.insert("Routes: \(routes)\(rest)", at: lines.count - 3)
      lines.insert("", at: lines.count - 3)
    }
    for line in change.lines {
      lines.append("| \(line.label) | \(Self.code(line.old)) | \(Self.code(line.new)) |")
    }
    let cost = change.cost
    let ratio = (cost.ratio.map { " (\($0))" } ?? "") + (cost.of.map { ", \($0)" } ?? "")
    lines.append(
      "| worst case | \(Self.cell(cost.oldText)) | \(Self.cell(cost.newText))\(ratio) |")
    lines.append("| route | \(side(change.old)) | \(side(change.new)) |")
    lines += ["", "Shown by \(Self.code(change.request))"]
    return lines
  }

  private func side(_ side: DifferenceReport.Side) -> String {
    ([Self.cell(side.outcome)] + side.why.map { Self.code($0) }).joined(separator: "<br>")
  }

  private static func code(_ text: String?) -> String {
    guard let text else { return "none" }
    return text.contains("`") ? "`` \(pipes(text)) ``" : "`\(pipes(text))`"
  }

  private static func cell(_ text: String) -> String { pipes(plain(text)) }

  /// Text that is no markup.
  private static func plain(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if "\\*_<>[]#`".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }

  private static func pipes(_ text: String) -> String {
    text.replacing("|", with: "\\|").split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
