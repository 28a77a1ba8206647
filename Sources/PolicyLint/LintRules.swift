package import PolicyDiagnostics

/// Every rule there is, in the order of the manual.
package enum LintRules {
  package static let all: [any LintRule.Type] =
    orderRules + nameRules + textRules + ladderRules + budgetRules + cacheRules + compressionRules
    + callRules + placeRules
    + determinismRules

  /// The pages of `rung rule`.
  package static let pages: [DiagnosticPage] = all.map { $0.page }

  /// What `@allow` may name beside the checker's warnings.
  package static let codes = Set(all.map { $0.code.rawValue })

  /// The least severity of the rules that have one.
  package static let floors: [DiagnosticCode: Severity] = {
    var floors: [DiagnosticCode: Severity] = [:]
    for rule in all { floors[rule.code] = rule.floor }
    return floors
  }()
}
