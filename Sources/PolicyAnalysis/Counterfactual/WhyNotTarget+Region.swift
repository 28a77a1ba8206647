import PolicyGraph
import PolicySemantics
import RoutingRuntime

extension WhyNotTarget {
  private static let mostCases = 32_768

  /// Every request outside does not come to it; one inside does, sizes and money permitting.
  ///
  /// Nil if the plans split into too many cases.
  func region(
    _ decider: Decider, _ regions: RegionSpace
  ) throws(DiagramsTooLarge) -> Diagram? {
    let routes: [RouteID] =
      switch self {
      case .route(let route): [route]
      case .model: decider.graph.policy.routes.indices.map(RouteID.init)
      }
    let families = Set(decider.frozen.models.map(\.tokenizer))
    var region = Diagram.never
    var left = Self.mostCases
    for route in routes {
      var cases = AlwaysCases(regions, decider.frozen, limit: left)
      try cases.addPlans(of: route)
      guard !cases.isOverLimit else { return nil }
      left -= cases.cases.count
      for found in cases.cases {
        let bounds = PlanBounds(found, PlanSizeBox(found, families, regions), decider)
        guard mayBeMet(bounds) else { continue }
        region = try regions.store.or(region, found.region)
      }
    }
    return region
  }

  private func mayBeMet(_ bounds: PlanBounds) -> Bool {
    if isMet(by: bounds.easy) { return true }
    guard case .model(let wanted) = self, case .route = bounds.easy.outcome else { return false }
    for (index, call) in bounds.easy.plan.calls.enumerated() where call.step.answers {
      if call.model == wanted, bounds.may[index] { return true }
      if bounds.must[index] { return false }
    }
    return false
  }
}
