package import PolicyDiagnostics
import PolicySyntax

/// An exact list that spells one text in several cases.
package enum CaseVariants: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("case_variants"), .note,
    finds: "A `contains` list with texts that differ only in case.",
    why: """
      `contains` looks for exactly these characters, so a list of spellings always misses one: \
      `REFUND`, `ReFund`, or `Refund` at the start of a sentence. `mentions` finds a word in any case.
      """,
    wrong: LintSample.policy(
      """
      route refunds when question contains ("refund", "Refund") { use medium }
      """),
    instead: LintSample.policy(
      """
      route refunds when question mentions "refund" { use medium }
      """),
    fix: """
      There is no automatic fix: `contains` also finds a text inside a word, which `mentions` does \
      not.
      """)

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for term in WrittenTests.terms(in: subject.files) {
      guard let list = WrittenList(term), list.isExact else { continue }
      var first: [String: Int] = [:]
      for (index, (text, span)) in list.texts.enumerated() {
        let folded = text.lowercased()
        guard let earlier = first[folded] else {
          first[folded] = index
          continue
        }
        report.add(
          "`\(shown(text))` and `\(shown(list.texts[earlier].text))` differ only in case", at: span,
          notes: [Note("`mentions` finds a whole word in any case")])
      }
    }
  }
}
