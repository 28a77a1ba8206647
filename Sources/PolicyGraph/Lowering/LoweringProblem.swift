package import PolicySemantics
package import PolicySource
package import TextPatterns

/// Why a sound policy cannot be lowered: its text tests, together, pass a limit of the scan.
package struct LoweringProblem: Error, Hashable, Sendable {
  /// The test that went past it.
  package let test: RequestTest
  /// Where that test is first written.
  package let span: Span
  package let problem: PatternProblem
}
