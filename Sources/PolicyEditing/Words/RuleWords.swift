package import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySemantics
import PolicySyntax
import PolicyWorkspace
import RoutingCatalog
import RoutingGates
import SettingsReading

/// The codes of findings, as `@allow` and settings name them.
package enum RuleWords {
  /// What `@allow` may name: the lint rules that can be hidden, and the checker's warnings, by code.
  static let allowed: [DiagnosticPage] = {
    let rules = LintRules.pages.filter { LintRules.floors[$0.code] == nil }
    let warnings = SemanticPages.all.filter { $0.severity == .warning }
    return (rules + warnings).sorted { $0.code.rawValue < $1.code.rawValue }
  }()

  /// The pages of all a snapshot can find.
  package static let pages: [DiagnosticPage] =
    SyntaxPages.all + SemanticPages.all + WorkspacePages.all + CatalogPages.all + GraphPages.all
    + GatePages.all + LintPages.all + SettingsPages.all

  static func page(of code: String) -> DiagnosticPage? {
    pages.first { $0.code.rawValue == code }
  }
}
