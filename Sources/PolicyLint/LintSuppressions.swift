package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// The `@allow` of a policy that name lint rules, held against what the rules found.
///
/// The checker has seen to their dates, reasons and spelling.
struct LintSuppressions {
  private let suppressions: [CheckedSuppression]
  private let floors: [DiagnosticCode: Severity]
  private let sources: SourceMap

  init(_ policy: CheckedPolicy, rules: [any LintRule.Type]) {
    let codes = Set(rules.map { $0.code })
    suppressions = policy.suppressions.filter { codes.contains($0.rule) }
    var floors: [DiagnosticCode: Severity] = [:]
    for rule in rules { floors[rule.code] = rule.floor }
    self.floors = floors
    sources = policy.sources
  }

  /// Whether a rule's findings are needed though nobody is shown them: to know what is unused.
  func name(_ rule: any LintRule.Type) -> Bool { suppressions.contains { $0.rule == rule.code } }

  /// The findings no `@allow` covers, and those about the `@allow` themselves.
  ///
  /// Of two that cover one finding the first hides it. O(findings × suppressions of their rule).
  func applied(to findings: [Diagnostic]) -> [Diagnostic] {
    var kept = findings
    for suppression in suppressions {
      if let floor = floors[suppression.rule] {
        kept.append(suppression.belowFloor(floor))
        continue
      }
      let before = kept.count
      kept.removeAll { finding in
        finding.code == suppression.rule && suppression.covers.contains(finding.span)
      }
      if kept.count == before { kept.append(suppression.unusedFinding(in: sources)) }
    }
    return kept
  }
}

extension CheckedSuppression {
  fileprivate func belowFloor(_ floor: Severity) -> Diagnostic {
    Diagnostic(
      .allowBelowFloor, .error,
      "`\(rule.rawValue)` cannot be allowed: its findings are never less than \(floor.inWords)",
      at: span, notes: [Note("cure what it finds; `rung rule \(rule.rawValue)` says how")])
  }
}

extension DiagnosticCode {
  package static let allowBelowFloor = DiagnosticCode("allow_below_floor")
}

extension Severity {
  /// With its article.
  package var inWords: String {
    switch self {
    case .error: "an error"
    case .warning: "a warning"
    case .note: "a note"
    }
  }
}
