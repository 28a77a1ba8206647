import PolicyDiagnostics
import PolicySyntax

/// What the grammar lets stand at a cursor, before it is made into completions.
enum Offer {
  case keywords([String])
  case snippets([Snippet])
  case fields([FieldWord])
  /// Declared names.
  case symbols(Set<SymbolKind>)
  /// `NAME.used` and, where both can be read, `NAME.left`.
  case budgets(withLeft: Bool)
  case models
  case embedders
  case values([String])
  /// The values of a fact or classifier.
  case labels(of: String)
  case ofCatalog(FieldType.CatalogWord)
  case units([String])
  case rules

  /// Whether it is of names and values, for which a quote may have been opened.
  var isOfNames: Bool {
    switch self {
    case .symbols, .models, .embedders, .values, .labels, .ofCatalog: true
    case .keywords, .snippets, .fields, .budgets, .units, .rules: false
    }
  }
}

/// A text with places to fill in.
struct Snippet: Hashable {
  let label: String
  let body: String
  let documentation: String

  init(_ label: String, _ body: String, _ documentation: String) {
    self.label = label
    self.body = body
    self.documentation = documentation
  }
}
