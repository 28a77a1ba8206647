package import PolicySource

/// What came of a `test` or an `always`.
package struct TestOutcome: Hashable, Sendable {
  package let title: String
  package let verdict: Verdict
  /// What differed, or what keeps it from being run; empty if it passed.
  package let differences: [Difference]
  /// In one line, for whoever asked.
  package let summary: String

  package enum Verdict: Hashable, Sendable { case passed, failed, notDecided }

  package struct Difference: Hashable, Sendable {
    /// The line that is not met; nil if it is about no line.
    package let span: Span?
    package let message: String
  }
}
