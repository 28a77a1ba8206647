import PolicyGraph
import PolicySemantics

extension RegionSpace {
  /// What a guard or a route of a policy refuses, before a budget is looked at.
  func refusedOutright(by side: Int) throws(DiagramsTooLarge) -> Diagram {
    let policy = graphs[side].policy
    var refused = Diagram.never
    for (index, declared) in policy.guards.enumerated() where declared.refuses {
      refused = try store.or(refused, try holds(.guarding(GuardID(index)), in: side))
    }
    for (index, route) in policy.routes.enumerated() {
      guard case .refuse = route.action else { continue }
      refused = try store.or(refused, try decides(RouteID(index), in: side))
    }
    return refused
  }
}

extension CheckedGuard {
  fileprivate var refuses: Bool {
    lines.contains { if case .refuse = $0 { true } else { false } }
  }
}
