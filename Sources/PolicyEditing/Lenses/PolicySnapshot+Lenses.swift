import PolicySemantics
package import PolicySource
import PolicySyntax
import RoutingRuntime

extension PolicySnapshot {
  /// What stands over the declarations of a file: a button for each test, each `always` and each route,
  /// and what routes and ladders cost at worst.
  ///
  /// The figures need a policy without errors; without them the buttons that would fail are left out.
  package func lenses(of file: SourceID) -> [Lens] {
    guard let tree = tree(of: file), let decider else { return [] }
    let policy = decider.frozen.policy
    let routes = Dictionary(
      policy.routes.enumerated().map { ($1.name, RouteID($0)) }, uniquingKeysWith: { a, _ in a })
    let ladders = Dictionary(
      policy.ladders.enumerated().map { ($1.name, LadderID($0)) }, uniquingKeysWith: { a, _ in a })
    return tree.declarations.flatMap { declaration -> [Lens] in
      switch declaration.content {
      case .test(let node):
        [Lens(span: node.title.span, title: "run test", command: .runTest(node.title.value))]
      case .always(let node):
        [Lens(span: node.title.span, title: "prove", command: .runTest(node.title.value))]
      case .route(let node):
        lenses(
          node.name?.text ?? "otherwise", at: node.name?.span ?? declaration.keyword, routes,
          decider)
      case .ladder(let node):
        ladders[node.name.text].flatMap { WorstCost(of: $0, decider) }.map { cost in
          [Lens(span: node.name.span, title: cost.words(in: policy), command: .none)]
        } ?? []
      case .catalog, .zone, .importing, .condition, .facts, .classifier, .points, .task, .budget,
        .gate, .compression, .guarding:
        []
      }
    }
  }

  private func lenses(
    _ name: String, at span: Span, _ routes: [String: RouteID], _ decider: Decider
  ) -> [Lens] {
    guard let route = routes[name] else { return [] }
    let cost = WorstCost(of: route, decider).words(in: decider.frozen.policy)
    return [
      Lens(span: span, title: "explain", command: .explain(name)),
      Lens(span: span, title: cost, command: .none),
    ]
  }
}
