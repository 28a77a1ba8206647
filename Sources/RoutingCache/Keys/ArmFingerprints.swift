package import PolicySemantics
package import RoutingCatalog

/// For every route and arm of a policy, what it would do: a digest that changes with it.
///
/// It covers what a call is made of: models with their providers, their addresses and the names they
/// go by there, parameters, system texts, gates with the texts of their files, ladders, options,
/// the route's cache lines, compressions and stops, and the policy's guards. It does not cover what only chooses the route
/// (conditions, the shares of a split), what is beside the answer (shadows, `stick`) and what it
/// costs, so an answer outlives a new price and a change of another route.
package struct ArmFingerprints: Sendable {
  private let arms: [[CacheDigest]]

  /// O(size of the policy).
  package init(_ policy: CheckedPolicy, _ catalog: Catalog) {
    arms = policy.routes.map { route in
      switch route.action {
      case .refuse: []
      case .use(let use):
        [Self.digest(route, name: "", shapes: [], use, policy, catalog)]
      case .split(let split):
        split.arms.map {
          Self.digest(route, name: $0.name, shapes: $0.shapes, $0.use, policy, catalog)
        }
      }
    }
  }

  /// Of an arm, by its index; of a route without arms, the first.
  ///
  /// Nil if there is none.
  package subscript(route: RouteID, arm: Int) -> CacheDigest? {
    guard arms.indices.contains(route.index) else { return nil }
    return arms[route.index].indices.contains(arm) ? arms[route.index][arm] : nil
  }

  private static func digest(
    _ route: CheckedRoute, name: String, shapes: [ShapeRule], _ use: CheckedUse,
    _ policy: CheckedPolicy, _ catalog: Catalog
  ) -> CacheDigest {
    var writer = ArmWriter(policy: policy, catalog: catalog)
    writer.add(route, arm: name, shapes: shapes, use)
    return CacheDigest(of: writer.bytes.bytes)
  }
}
