package import PolicyDiagnostics
import PolicySemantics

/// Runs the rules over a policy.
package enum Linter {
  /// What is to be reported: every finding that no `@allow` covers, with the severity the settings
  /// give it, and what is wrong with the `@allow` themselves; by place.
  ///
  /// Rules that are off do not run unless an `@allow` names one. Whoever no longer waits says so:
  /// `isCancelled` is asked before each rule, and then there is nothing.
  package static func findings(
    in subject: LintSubject, settings: LintSettings = LintSettings(),
    rules: [any LintRule.Type] = LintRules.all, isCancelled: () -> Bool = { false }
  ) -> [Diagnostic] {
    let suppressions = LintSuppressions(subject.policy, rules: rules)
    let wanted = rules.filter { settings[$0.code] != .off || suppressions.name($0) }
    let all = check(subject, rules: wanted, isCancelled: isCancelled)
    guard !isCancelled() else { return [] }
    let found = suppressions.applied(to: all)
    return settings.applied(to: found, rules: Set(rules.map { $0.code.rawValue })).inOrder
  }

  /// Every finding of every rule as the rule gives it, by place.
  package static func check(
    _ subject: LintSubject, rules: [any LintRule.Type] = LintRules.all,
    isCancelled: () -> Bool = { false }
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for rule in rules {
      guard !isCancelled() else { return found }
      var report = LintReport(rule)
      rule.check(subject, &report)
      found += report.diagnostics
    }
    return found.inOrder
  }
}
