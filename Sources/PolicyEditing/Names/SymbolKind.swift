import PolicySource

/// What a name stands for.
package enum SymbolKind: String, Hashable, Sendable, CaseIterable {
  case fact, classifier, condition, points, task, budget, limit, gate, ladder, compression, guarding
  case route
  /// Of a split.
  case arm
  /// A value of a fact or of a classifier.
  case label
  /// Of the catalog.
  case model, embedder

  /// As people say it, without article.
  package var word: String {
    switch self {
    case .fact: "fact"
    case .classifier: "classifier"
    case .condition: "condition"
    case .points: "sum of points"
    case .task: "task"
    case .budget: "budget"
    case .limit: "limit"
    case .gate: "gate"
    case .ladder: "ladder"
    case .compression: "compression"
    case .guarding: "guard"
    case .route: "route"
    case .arm: "arm of a split"
    case .label: "label"
    case .model: "model"
    case .embedder: "embedder"
    }
  }

  /// Whether the catalog names it, so that no policy can rename it.
  package var isOfCatalog: Bool { self == .model || self == .embedder }
}

/// What two places must have in common to name the same thing.
enum SymbolKey: Hashable, Sendable {
  /// All declared names share one namespace.
  case declared(String)
  /// Of the fact or classifier that lists it.
  case label(String, of: String)
  case arm(String, of: String)
  case model(String)
  case embedder(String)

  /// As it is written.
  var text: String {
    switch self {
    case .declared(let name), .label(let name, _), .arm(let name, _), .model(let name),
      .embedder(let name):
      name
    }
  }
}

/// One place where a name is written.
struct Occurrence: Sendable {
  let key: SymbolKey
  let kind: SymbolKind
  /// Exactly the name: of `daily.used` only `daily`.
  let span: Span
  let isDeclaration: Bool
}
