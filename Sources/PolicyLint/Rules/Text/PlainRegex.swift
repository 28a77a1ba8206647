package import PolicyDiagnostics
import PolicySyntax

/// A regular expression that spells plain text.
package enum PlainRegex: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("plain_regex"), .note,
    finds: "A regular expression that only spells a text, or one of several.",
    why: """
      `contains` and `starts with` find the same texts, say so in words, and are looked for all at \
      once instead of pattern by pattern. In a pattern, `.` and `?` are no longer the signs \
      themselves.
      """,
    wrong: LintSample.policy(
      """
      route invoices when question matches /invoice|credit note/ { use medium }
      route letters when question matches /^Dear / { use medium }
      """),
    instead: LintSample.policy(
      """
      route invoices when question contains ("invoice", "credit note") { use medium }
      route letters when question starts with "Dear " { use large }
      """),
    fix: "Writes the text in quotes. Safe: exactly the same texts match.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for term in WrittenTests.terms(in: subject.files) {
      guard let regex = WrittenRegex(term), let plain = plain(regex.tree),
        let texts = PolicyString.list(plain.texts)
      else { continue }
      let test = plain.isStart ? "starts with" : "contains"
      report.add(
        "this pattern is plain text: `\(test)` finds the same", at: regex.literal.span,
        fixIts: [
          FixIt("use `\(test)`", edits: [Edit(regex.check, "\(test) \(texts)")], isSafe: true)
        ])
    }
  }

  /// What a pattern spells, if `contains` or `starts with` says exactly the same.
  static func plain(_ tree: RegexNode) -> (isStart: Bool, texts: [String])? {
    var parts = tree.flat[...]
    // A pattern is looked for anywhere, so what may be nothing at its ends asks for nothing.
    while let last = parts.last, last.mayBeNothing { parts.removeLast() }
    while let first = parts.first, first.mayBeNothing { parts.removeFirst() }
    var isStart = false
    if case .assertion(.start(ofLine: false), _)? = parts.first {
      isStart = true
      parts.removeFirst()
    }
    var choices = [RegexNode.sequence(Array(parts))]
    if !isStart, parts.count == 1, case .choice(let written)? = parts.first { choices = written }
    let texts = choices.compactMap(\.exactText)
    return texts.count == choices.count && !texts.contains("") ? (isStart, texts) : nil
  }
}
