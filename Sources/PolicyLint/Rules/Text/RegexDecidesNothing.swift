package import PolicyDiagnostics
import PolicySyntax

/// A regular expression that every text matches, or none.
package enum RegexDecidesNothing: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("regex_decides_nothing"), .warning,
    finds: "A regular expression that every text matches, or none.",
    why: """
      A pattern is looked for anywhere in the text. One that matches the empty text, such as \
      `/(refund)?/`, is found in every text at its first place; one that asks for something before \
      the start of the text, or behind its end, is found in none. `\\^` and `\\$` are the signs \
      themselves.
      """,
    wrong: LintSample.policy(
      """
      route refunds when question matches /(refund|money back)?/ { use medium }
      """),
    instead: LintSample.policy(
      """
      route refunds when question matches /refund|money +back/ { use medium }
      """),
    fix: "There is no automatic fix: the pattern does not say what was meant.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for term in WrittenTests.terms(in: subject.files) {
      guard let regex = WrittenRegex(term) else { continue }
      if regex.tree.isFoundEverywhere {
        report.add(
          "every text matches this pattern", at: regex.literal.span,
          notes: [Note("it matches the empty text, which stands at one end of every text")])
      } else if regex.tree.isFoundNowhere {
        report.add(
          "no text matches this pattern", at: regex.literal.span,
          notes: [
            Note("without the flag `m`, `^` is the start of the whole text and `$` is its end")
          ])
      }
    }
  }
}
