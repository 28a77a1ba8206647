import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// An apostrophe as printers set it, in a text that is compared as it stands.
enum TypographicApostrophe: LintRule {
  private static let mark: Character = "\u{2019}"

  static let page = DiagnosticPage(
    DiagnosticCode("typographic_apostrophe"), .warning,
    finds: "A text with the apostrophe `’` where the same with `'` does not stand beside it.",
    why: """
      Texts are compared as they stand, and `’` is another character than `'`. A keyboard types \
      `don't`, a phone or a word processor makes `don’t` of it: who copies a phrase from a document \
      into a policy misses most of those who type it.
      """,
    wrong: LintSample.policy(
      """
      route trouble when question mentions ("don’t work", "broken") { use medium }
      """),
    instead: LintSample.policy(
      """
      route trouble when question mentions ("don’t work", "don't work", "broken") { use medium }
      """),
    fix: "The other spelling is offered: it is put beside the first.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for term in WrittenTests.terms(in: subject.files) {
      guard let list = WrittenList(term) else { continue }
      let texts = Set(list.texts.map(\.text))
      for (text, span) in list.texts where hasMark(text) {
        let typed = String(text.map { $0 == mark ? "'" : $0 })
        guard !texts.contains(typed) else { continue }
        report.add(
          "`\(text)` is not found where people type `\(typed)`", at: span,
          fixIts: [cure(typed.asPolicyText, span, isAlone: !isParenthesized(term))])
      }
    }
  }

  /// Between letters or behind one: a single quotation mark stands behind a space or an end.
  private static func hasMark(_ text: String) -> Bool {
    zip(text, text.dropFirst()).contains { $0.isLetter && $1 == mark }
  }

  private static func isParenthesized(_ term: Term) -> Bool {
    guard case .text(_, _, let list) = term.check else { return false }
    return list.isParenthesized
  }

  private static func cure(_ typed: String, _ span: Span, isAlone: Bool) -> FixIt {
    let end = Span(file: span.file, start: span.end, end: span.end)
    let start = Span(file: span.file, start: span.start, end: span.start)
    return FixIt(
      "put `\(typed)` beside it",
      edits: isAlone ? [Edit(start, "("), Edit(end, ", \(typed))")] : [Edit(end, ", \(typed)")])
  }
}
