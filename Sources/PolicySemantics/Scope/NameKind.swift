/// What a name can stand for.
enum NameKind: Hashable, Sendable {
  case fact, classifier, condition, points, task, budget, gate, ladder, compression, guarding
  case route
  case model, embedder, target, zone, field, parameter, score

  /// Whether an import can declare such a name.
  var isDeclared: Bool {
    switch self {
    case .fact, .classifier, .condition, .points, .budget, .gate, .ladder, .compression,
      .guarding, .target, .field:
      true
    case .task, .route, .model, .embedder, .zone, .parameter, .score: false
    }
  }

  /// Whether the catalog names such a thing.
  var isOfCatalog: Bool { self == .model || self == .embedder || self == .target }

  /// As a message says it, without article.
  var word: String {
    switch self {
    case .fact: "fact"
    case .classifier: "classifier"
    case .condition: "condition"
    case .points: "sum of points"
    case .task: "task"
    case .budget: "budget"
    case .gate: "gate"
    case .ladder: "ladder"
    case .compression: "compression"
    case .guarding: "guard"
    case .route: "route"
    case .model: "model"
    case .embedder: "embedder"
    case .target: "target"
    case .zone: "zone"
    case .field: "name"
    case .parameter: "parameter"
    case .score: "score"
    }
  }
}
