package import PolicyDiagnostics

/// One check of a policy that compiles: one file, one test file, one page.
///
/// A rule looks at the whole policy and reports what it is sure of. It never guesses: what it cannot
/// decide it leaves alone, or reports under a code that says so.
package protocol LintRule: Sendable {
  /// Its code, the severity of its findings unless the settings say otherwise, and what
  /// `rung rule CODE` prints.
  static var page: DiagnosticPage { get }
  /// The least severity `rung.yaml` and `@allow` may give its findings; nil if they may hide them.
  static var floor: Severity? { get }

  static func check(_ subject: LintSubject, _ report: inout LintReport)
}

extension LintRule {
  package static var floor: Severity? { nil }

  package static var code: DiagnosticCode { page.code }
}
