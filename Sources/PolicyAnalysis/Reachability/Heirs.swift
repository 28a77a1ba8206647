import PolicyGraph
package import PolicySemantics

extension RegionSpace {
  /// Past this many heirs nobody is helped by their names.
  private static let mostHeirs = 32

  /// The routes that would take a route's requests if it were not there; nil as soon as one of them
  /// is not as wanted, or if they are too many to name.
  package func heirs(
    of route: RouteID, while isWanted: (RouteID) -> Bool
  ) throws(DiagramsTooLarge) -> [RouteID]? {
    var left = try decides(route)
    var found: [RouteID] = []
    for index in (route.index + 1)..<graphs[0].policy.routes.count {
      let taken = try store.and(left, try holds(.route(RouteID(index))))
      guard taken != .never else { continue }
      if try isFeasible(taken) {
        guard isWanted(RouteID(index)), found.count < Self.mostHeirs else { return nil }
        found.append(RouteID(index))
      }
      left = try store.minus(left, taken)
      if left == .never { break }
    }
    return found
  }
}
