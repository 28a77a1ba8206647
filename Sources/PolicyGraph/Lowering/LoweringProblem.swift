package import PolicyDiagnostics
package import PolicySource
package import TextPatterns

/// Why a sound policy cannot be lowered: its text tests, together, pass a limit of the scan.
package struct LoweringProblem: Error, Hashable, Sendable {
  /// Where the test that went past it is first written.
  package let span: Span
  package let problem: PatternProblem
}

extension LoweringProblem {
  /// The finding at the test that went too far.
  package var diagnostic: Diagnostic {
    Diagnostic(
      .textTestsTooLarge, .error, problem.message, at: span,
      notes: problem.advice.map { [Note($0)] } ?? [])
  }
}

extension DiagnosticCode {
  package static let textTestsTooLarge = DiagnosticCode("text_tests_too_large")
}

/// The pages of what only lowering can find.
package enum GraphPages {
  package static let all: [DiagnosticPage] = [
    DiagnosticPage(
      .textTestsTooLarge,
      finds: "Text tests of conditions that are too large together.",
      why: """
        Every text is read in one pass that ends in a known time, so the patterns of a policy have a \
        limit in sum, not only each for itself.
        """,
      wrong: nil, instead: nil,
      fix: "Use `mentions` for plain words, and smaller counts in repeats.")
  ]
}
