import PolicySyntax

/// Every condition of a policy's files as it was written: of requests and of answers.
enum WrittenTests {
  /// The terms of all conditions, in written order.
  ///
  /// O(size of the files).
  static func terms(in files: [PolicyFile]) -> [Term] {
    files.flatMap { $0.declarations.flatMap { conditions(of: $0.content).flatMap(terms) } }
  }

  private static func terms(in condition: Condition) -> [Term] {
    var found: [Term] = []
    var left = [condition]
    while let condition = left.popLast() {
      switch condition {
      case .and(let parts, _), .or(let parts, _): left += parts.reversed()
      case .not(let part, _), .group(let part, _): left.append(part)
      case .term(let term): found.append(term)
      case .missing: break
      }
    }
    return found
  }

  private static func conditions(of content: Declaration.Content) -> [Condition] {
    switch content {
    case .catalog, .zone, .importing, .facts, .classifier, .ladder, .test: []
    case .condition(let declaration): [declaration.condition]
    case .points(let declaration): declaration.lines.map(\.condition)
    case .task(let declaration): declaration.condition.map { [$0] } ?? []
    case .budget(let declaration): declaration.condition.map { [$0] } ?? []
    case .gate(let declaration): [declaration.condition]
    case .compression(let declaration): declaration.condition.map { [$0] } ?? []
    case .guarding(let declaration): declaration.condition.map { [$0] } ?? []
    case .always(let declaration): [declaration.condition]
    case .route(let declaration): conditions(of: declaration)
    }
  }

  private static func conditions(of route: RouteDeclaration) -> [Condition] {
    var found = route.condition.map { [$0] } ?? []
    for line in route.lines {
      switch line {
      case .stop(let stop): found.append(stop.condition)
      case .use, .refuse, .cache, .shape, .compress, .batch, .stick, .shadow, .split: break
      }
    }
    return found
  }
}
