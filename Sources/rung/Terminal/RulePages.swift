import PolicyDiagnostics
import PolicySemantics
import PolicyWorkspace
import RoutingCatalog
import YAMLReading

/// Every page of every chapter, sorted by code.
enum RulePages {
  static let all: [DiagnosticPage] = {
    let pages =
      SemanticPages.all + WorkspacePages.all + YAMLPages.all + CatalogPages.all
    return pages.sorted { $0.code.rawValue < $1.code.rawValue }
  }()
}
