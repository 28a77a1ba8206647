package import PolicyDiagnostics
import PolicySyntax

/// A keyword of a single letter.
package enum OneLetterKeyword: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("one_letter_keyword"), .warning,
    finds: "A keyword that is a single letter.",
    why: """
      `contains "a"` holds for nearly every text. `mentions "r"` does look for a word of its own, and \
      finds it in `R&D`, in `r/askscience` and in initials; `mentions "t"` finds it in `don't`. A \
      letter of a script without spaces, such as `税`, is a word and draws no finding.
      """,
    wrong: LintSample.policy(
      """
      route statistics when question mentions ("r", "regression") { use medium }
      """),
    instead: LintSample.policy(
      """
      route statistics when question mentions ("ggplot", "regression") { use medium }
      """),
    fix: "There is no automatic fix: only you know which words were meant.")

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    for term in WrittenTests.terms(in: subject.files) {
      guard let list = WrittenList(term) else { continue }
      for (text, span) in list.texts where isOneLetter(text, isExact: list.isExact) {
        report.add(
          list.isExact
            ? "`\(text)` is one letter: it is found inside words"
            : "`\(text)` is one letter: it is found in initials and beside every sign",
          at: span)
      }
    }
  }

  /// Whether a text is one letter of a script whose words have more than one.
  ///
  /// `contains " a "` looks for more than a letter, `contains "ñ"` for a language.
  private static func isOneLetter(_ text: String, isExact: Bool) -> Bool {
    let visible = isExact ? text : text.filter { !$0.isWhitespace }
    guard visible.count == 1, let scalar = visible.unicodeScalars.first else { return false }
    guard !isExact || scalar.isASCII else { return false }
    let isSpacedScript = scalar.value < 0x0700 || (0x1E00...0x1FFF).contains(scalar.value)
    return isSpacedScript && scalar.properties.isAlphabetic
  }
}
