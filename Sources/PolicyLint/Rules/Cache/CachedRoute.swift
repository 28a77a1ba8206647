import PolicySemantics
import PolicySource
import PolicySyntax

/// A route with a cache line, as checked and as written.
struct CachedRoute {
  let route: CheckedRoute
  /// Its place among the routes.
  let index: Int
  let rule: CacheRule
  let line: CacheLine

  /// All of a policy, in written order.
  static func all(in subject: LintSubject) -> [CachedRoute] {
    var lines: [Span: CacheLine] = [:]
    for declaration in subject.files.flatMap(\.declarations) {
      guard case .route(let route) = declaration.content else { continue }
      for case .cache(let line) in route.lines { lines[line.span] = line }
    }
    return subject.policy.routes.enumerated().flatMap { index, route in
      route.effects.compactMap { effect -> CachedRoute? in
        guard case .cache(let rule) = effect, let line = lines[rule.span] else { return nil }
        return CachedRoute(route: route, index: index, rule: rule, line: line)
      }
    }
  }

  /// The tests whose being so speaks for this route.
  func wantedTests(in policy: CheckedPolicy) -> [ReadTest] {
    guard let condition = route.condition else { return [] }
    return ReadTest.all([condition], in: policy).filter { $0.role == .wanted }
  }

  /// Whether every request that passes a test goes to an earlier route, to an earlier task than the
  /// one this route reads the test of, or is refused.
  func isLost(_ test: RequestTest, of read: ReadTest, in policy: CheckedPolicy) -> Bool {
    let implication = Implication(test, in: policy)
    func surely(_ condition: CheckedCondition?) -> Bool {
      condition.map(implication.makesHold) ?? true
    }
    return policy.routes[..<index].contains { surely($0.condition) }
      || policy.tasks[..<(read.task ?? 0)].contains { surely($0.condition) }
      || policy.guards.contains { $0.refuses && surely($0.condition) }
  }
}

extension CheckedGuard {
  fileprivate var refuses: Bool {
    lines.contains { line in
      switch line {
      case .refuse: true
      case .onlyModels, .dropTools: false
      }
    }
  }
}
