package import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// `\b` or `\w` beside a letter they do not know.
package enum ASCIIWordEdge: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("ascii_word_edge"), .warning,
    finds: "`\\b`, `\\B` or `\\w` right beside a letter that is not ASCII.",
    why: """
      RE2 takes only a-z, A-Z, 0-9 and `_` for word characters. To it `ü` is no letter, so `/\\bübung/` \
      is not found in `eine Übung` and is found in `xübung`: the reverse of what was meant. \
      `mentions` knows the words of every script.
      """,
    wrong: LintSample.policy(
      """
      route lessons when question matches /(?i)\\b(übung|kurs)\\b/ { use medium }
      """),
    instead: LintSample.policy(
      """
      route lessons when question mentions ("Übung", "Kurs") { use medium }
      """),
    fix: """
      A pattern of plain words between two `\\b` becomes `mentions`, and `\\w` becomes \
      `[\\pL\\pM\\pN_]`. Look at it: other texts match afterwards, which is the point.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for term in WrittenTests.terms(in: subject.files) {
      guard let regex = WrittenRegex(term) else { continue }
      let words = mentioned(regex.tree)
      var findings: [Finding] = []
      regex.tree.visit { node, before, behind in
        if let finding = Finding(node, before: before, behind: behind) { findings.append(finding) }
      }
      for (index, finding) in findings.enumerated() {
        let span = regex.span(of: finding.range, in: subject.sources)
        report.add(
          finding.message, at: span,
          fixIts: fixIts(finding, index == 0 ? words : nil, regex, at: span))
      }
    }
  }

  private struct Finding {
    let range: Range<Int>
    let isSet: Bool
    let message: String

    init?(_ node: RegexNode, before: RegexEdge, behind: RegexEdge) {
      let near = (before.scalars + behind.scalars).first {
        !$0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
      }
      guard let near else { return nil }
      let shown = String(Character(near))
      switch node {
      case .assertion(.wordEdge, let range):
        (self.range, isSet) = (range, false)
        message = "`\\b` does not see the edge of a word beside `\(shown)`: it knows ASCII only"
      case .assertion(.noWordEdge, let range):
        (self.range, isSet) = (range, false)
        message = "`\\B` sees the edge of a word beside `\(shown)`: it knows ASCII only"
      case .set(let set, let range) where set.kind == .word:
        (self.range, isSet) = (range, true)
        message = "`\\w` does not match letters such as `\(shown)`: it knows ASCII only"
      case .literal, .set, .assertion, .sequence, .choice, .repeated: return nil
      }
    }
  }

  private static func fixIts(
    _ finding: Finding, _ words: [String]?, _ regex: WrittenRegex, at span: Span
  ) -> [FixIt] {
    if finding.isSet {
      return [FixIt("name the letters of every script", edits: [Edit(span, "[\\pL\\pM\\pN_]")])]
    }
    guard let words, let list = PolicyString.list(words) else { return [] }
    return [FixIt("use `mentions`", edits: [Edit(regex.check, "mentions \(list)")])]
  }

  /// The words of `\bword\b` or `\b(one|other)\b`.
  private static func mentioned(_ tree: RegexNode) -> [String]? {
    let parts = tree.flat
    guard case .assertion(.wordEdge, _)? = parts.first, parts.count > 2,
      case .assertion(.wordEdge, _)? = parts.last
    else { return nil }
    let inner = Array(parts.dropFirst().dropLast())
    if case .choice(let choices) = inner[0], inner.count == 1 {
      let words = choices.compactMap(\.plainText)
      return words.count == choices.count ? words : nil
    }
    return RegexNode.sequence(inner).plainText.map { [$0] }
  }
}
