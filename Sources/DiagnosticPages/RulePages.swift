import CallerKeys
import CatalogReview
package import PolicyDiagnostics
import PolicyGraph
import PolicyLint
import PolicySemantics
import PolicySyntax
import PolicyWorkspace
import RoutingCatalog
import RoutingGates
import SettingsReading
import YAMLReading

/// Every page of every chapter, sorted by code.
package enum RulePages {
  package static let all: [DiagnosticPage] = {
    let pages =
      SyntaxPages.all + SemanticPages.all + WorkspacePages.all + YAMLPages.all + CatalogPages.all
      + CatalogReviewPages.all + KeysPages.all
      + GraphPages.all + GatePages.all + LintPages.all + SettingsPages.all
    return pages.sorted { $0.code.rawValue < $1.code.rawValue }
  }()
}
