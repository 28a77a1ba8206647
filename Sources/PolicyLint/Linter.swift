package import PolicyDiagnostics
import PolicySemantics

/// Runs the rules over a policy.
package enum Linter {
  /// What is to be reported: every finding that no `@allow` covers, with the severity the settings
  /// give it, and what is wrong with the `@allow` themselves; by place.
  ///
  /// Rules that are off do not run unless an `@allow` names one.
  package static func findings(
    in subject: LintSubject, settings: LintSettings = LintSettings(),
    rules: [any LintRule.Type] = LintRules.all
  ) -> [Diagnostic] {
    let suppressions = LintSuppressions(subject.policy, rules: rules)
    let wanted = rules.filter { settings[$0.code] != .off || suppressions.name($0) }
    let found = suppressions.applied(to: check(subject, rules: wanted))
    return settings.applied(to: found, rules: Set(rules.map { $0.code.rawValue })).inOrder
  }

  /// Every finding of every rule as the rule gives it, by place.
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
