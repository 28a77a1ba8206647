package import PolicyDiagnostics
import PolicySemantics

/// Runs the rules over a policy.
package enum Linter {
  /// Every finding of every rule, by place.
  package static func check(
    _ subject: LintSubject, rules: [any LintRule.Type] = LintRules.all
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for rule in rules {
      var report = LintReport(rule)
      rule.check(subject, &report)
      found += report.diagnostics
    }
    return found.inOrder
  }
}
