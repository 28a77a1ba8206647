import PolicySyntax

/// The names a policy gives.
enum WrittenNames {
  /// Of everything that has one, in written order: facts, tasks, routes, arms and so on.
  static func declared(in files: [PolicyFile]) -> [Name] {
    files.flatMap { $0.declarations.flatMap { names(of: $0.content) } }
  }

  /// The labels of each fact and classifier.
  static func labels(in files: [PolicyFile]) -> [[Name]] {
    files.flatMap { $0.declarations.flatMap { labels(of: $0.content) } }
  }

  private static func names(of content: Declaration.Content) -> [Name] {
    switch content {
    case .catalog, .zone, .importing, .test, .always: []
    case .facts(let facts): facts.map(\.name)
    case .condition(let declaration): [declaration.name]
    case .classifier(let declaration): [declaration.name]
    case .points(let declaration): [declaration.name]
    case .task(let declaration): [declaration.name]
    case .budget(let declaration): [declaration.name]
    case .gate(let declaration): [declaration.name]
    case .ladder(let declaration): [declaration.name]
    case .compression(let declaration): [declaration.name]
    case .guarding(let declaration): [declaration.name]
    case .route(let declaration): (declaration.name.map { [$0] } ?? []) + arms(of: declaration)
    }
  }

  private static func arms(of route: RouteDeclaration) -> [Name] {
    route.lines.flatMap { line -> [Name] in
      switch line {
      case .split(let split): split.arms.compactMap(\.name)
      case .use, .refuse, .cache, .shape, .compress, .batch, .stick, .stop, .shadow: []
      }
    }
  }

  private static func labels(of content: Declaration.Content) -> [[Name]] {
    switch content {
    case .facts(let facts):
      facts.compactMap { fact -> [Name]? in
        guard case .labels(let labels) = fact.type else { return nil }
        return labels
      }
    case .classifier(let declaration): [declaration.labels]
    case .catalog, .zone, .importing, .condition, .points, .task, .budget, .gate, .ladder,
      .compression, .guarding, .route, .test, .always:
      []
    }
  }
}
