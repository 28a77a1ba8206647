package import PolicyDiagnostics
package import PolicySource

/// The findings of one rule while it looks.
package struct LintReport: Sendable {
  package private(set) var diagnostics: [Diagnostic] = []
  private let page: DiagnosticPage

  package init(_ rule: any LintRule.Type) { page = rule.page }

  /// Adds a finding.
  ///
  /// `severity` is the page's unless the rule knows better for this one.
  package mutating func add(
    _ message: String, at span: Span, severity: Severity? = nil, notes: [Note] = [],
    fixIts: [FixIt] = []
  ) {
    diagnostics.append(
      Diagnostic(
        page.code, severity ?? page.severity, message, at: span, notes: notes, fixIts: fixIts))
  }
}
