package import PolicySource

/// A name a declaration gives, in the one namespace all declared names share.
package struct DeclaredName: Hashable, Sendable {
  package let name: Name
  /// What declares it: the whole declaration, or the line of a fact.
  package let span: Span
  /// Of a fact or classifier with a closed list of values.
  package let labels: [Name]
}

extension Declaration {
  /// In written order; only a block of facts gives more than one.
  package var names: [DeclaredName] {
    func one(_ name: Name, labels: [Name] = []) -> [DeclaredName] {
      [DeclaredName(name: name, span: span, labels: labels)]
    }
    return switch content {
    case .catalog, .zone, .importing, .test, .always: []
    case .facts(let facts):
      facts.map { DeclaredName(name: $0.name, span: $0.span, labels: $0.labels) }
    case .condition(let node): one(node.name)
    case .classifier(let node): one(node.name, labels: node.labels)
    case .points(let node): one(node.name)
    case .task(let node): one(node.name)
    case .budget(let node): one(node.name)
    case .gate(let node): one(node.name)
    case .ladder(let node): one(node.name)
    case .compression(let node): one(node.name)
    case .guarding(let node): one(node.name)
    case .route(let node): node.name.map { one($0) } ?? []
    }
  }

  /// The names of a route's arms, which only their split knows.
  package var arms: [Name] {
    guard case .route(let route) = content else { return [] }
    return route.lines.flatMap { line -> [Name] in
      switch line {
      case .split(let split): split.arms.compactMap(\.name)
      case .use, .refuse, .cache, .shape, .compress, .batch, .stick, .stop, .shadow: []
      }
    }
  }
}

extension FactDeclaration {
  /// Of a fact with a closed list of values.
  package var labels: [Name] {
    switch type {
    case .labels(let labels): labels
    case .bool, .count, .text: []
    }
  }
}
