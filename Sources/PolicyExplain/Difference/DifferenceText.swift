import PolicyAnalysis

/// A difference for a reader at a terminal: what changes, for which requests, shown by one.
package struct DifferenceText: Sendable {
  private let report: DifferenceReport
  private let style: Style
  /// How many changes are shown; nil shows all.
  private let limit: Int?
  private static let usual = 5
  /// A line before and after fits on one of this length.
  private static let width = 92

  package init(_ report: DifferenceReport, showingAll: Bool = false, style: Style = .plain) {
    self.report = report
    self.style = style
    limit = showingAll ? nil : Self.usual
  }

  package var text: String {
    var lines = [headline]
    for declaration in report.declarations { lines += words(declaration) }
    let shown = limit.map { Array(report.changes.prefix($0)) } ?? report.changes
    for (index, change) in shown.enumerated() {
      lines.append("")
      lines += words(change, number: index + 1)
      if let found = report.traffic?.changes, found.indices.contains(index) {
        lines.append(label("log") + found[index].words)
      }
    }
    let rest = report.changes.count - shown.count
    if rest > 0 {
      lines.append("")
      lines.append(style.faint("and \(rest) more: --all shows them"))
    }
    if let traffic = report.traffic {
      lines.append("")
      for (index, line) in traffic.lines.enumerated() {
        lines.append(index == 0 ? style.bold("log".padded(to: 12) + line) : continued(line))
      }
    }
    for (index, pair) in report.rerouted.enumerated() {
      if index == 0 { lines.append("") }
      let routes = "\(pair.old) → \(pair.new), which does the same: \(pair.request)"
      lines.append(index == 0 ? label("rerouted") + routes : continued(routes))
    }
    if !report.calls.isEmpty {
      lines += ["", style.bold("calls") + ", as the catalog sends them"]
      for change in report.calls { lines += words(change) }
    }
    if !report.renamed.isEmpty {
      lines.append("")
      let names = report.renamed.map { "\($0.old) → \($0.new)" }
      lines.append(label("renamed") + listed(names) + ", which do the same")
    }
    for question in report.undecided {
      lines.append("")
      lines.append(
        label("undecided") + style.bad(question.question) + ": " + question.reason)
    }
    return lines.joined(separator: "\n")
  }

  private var headline: String {
    let paths = "\(report.oldPath) → \(report.newPath)"
    if report.isEquivalent {
      return "\(paths): \(style.good("equivalent")), every request is treated the same"
    }
    let calls = count(report.calls.count, "change") + " of where or how calls go"
    if report.decidesTheSame {
      return "\(paths): every request is decided the same, but " + style.bold(calls)
    }
    var parts: [String] = []
    if !report.changes.isEmpty { parts.append(count(report.changes.count, "change")) }
    if !report.declarations.isEmpty {
      parts.append(count(report.declarations.count, "declaration") + " read otherwise")
    }
    if !report.calls.isEmpty { parts.append(calls) }
    if !report.undecided.isEmpty { parts.append("not all decided") }
    return "\(paths): " + style.bold(parts.joined(separator: ", "))
  }

  private func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func words(_ declaration: DeclarationChange) -> [String] {
    var lines = pair(declaration.name, declaration.old ?? "none", declaration.new ?? "none")
    if let note = declaration.note { lines.append(continued(style.faint(note))) }
    return lines
  }

  private func words(_ change: DifferenceReport.Change, number: Int) -> [String] {
    let kinds = change.kinds.map(\.rawValue).joined(separator: ", ")
    var lines = [style.bold("\(number)  \(kinds)")]
    for (index, region) in change.region.enumerated() {
      lines.append(index == 0 ? label("where") + region : continued("or " + region))
    }
    if change.region.isEmpty { lines.append(label("where") + "the request below, and others") }
    if !change.isWholeRegion, !change.region.isEmpty { lines.append(continued("and more")) }
    if !change.routes.isEmpty {
      let noun = change.routes.count == 1 ? "route" : "routes"
      lines.append(label(noun) + listed(change.routes))
    }
    for line in change.lines { lines += pair(line.label, line.old, line.new) }
    lines.append(label("worst") + cost(change))
    lines.append(label("shown by") + change.request)
    lines += side("before", change.old)
    lines += side("now", change.new)
    return lines
  }

  /// The change in worst-case cost of the request that shows it.
  private func cost(_ change: DifferenceReport.Change) -> String {
    let cost = change.cost
    if cost.isSame { return "\(cost.oldText), as before" }
    let ratio = cost.ratio.map { " (\($0))" } ?? ""
    let request = cost.of.map { "the request below \($0)" } ?? "the request below"
    return "\(cost.oldText) → \(cost.newText)\(ratio) for \(request)"
  }

  private func side(_ name: String, _ side: DifferenceReport.Side) -> [String] {
    var lines = [continued(name.padded(to: 8) + side.outcome)]
    lines += side.why.map { continued(String(repeating: " ", count: 8) + style.faint($0)) }
    return lines
  }

  /// Before and after in one line if they fit, else one below the other.
  private func pair(_ name: String, _ old: String?, _ new: String?) -> [String] {
    let (old, new) = (old ?? "none", new ?? "none")
    let one = "\(old) → \(new)"
    if one.count <= Self.width - 10 { return [label(name) + one] }
    return [label(name) + style.bad("- " + old), continued(style.good("+ " + new))]
  }

  private func listed(_ names: [String]) -> String {
    let most = limit == nil ? names.count : 6
    let rest = names.count - most
    return names.prefix(most).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  private func label(_ text: String) -> String {
    "   " + text.padded(to: max(9, text.count + 1))
  }

  private func continued(_ text: String) -> String { String(repeating: " ", count: 12) + text }
}

extension String {
  /// With spaces up to a width.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
