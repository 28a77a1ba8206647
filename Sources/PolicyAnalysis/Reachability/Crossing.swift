import PolicyGraph
package import PolicySemantics

extension RegionSpace {
  /// The routes before one that take some of its requests while each has requests the other has not.
  package func crossing(
    _ route: RouteID, limit: Int, where isWanted: (RouteID) -> Bool
  ) throws(DiagramsTooLarge) -> [RouteID] {
    let own = try holds(.route(route))
    var found: [RouteID] = []
    for other in try routes(meeting: own, before: route.index) where isWanted(other) {
      if found.count == limit { break }
      let guardOfOther = try holds(.route(other))
      let shared = try store.and(try decides(other), own)
      guard shared != .never,
        try isFeasible(try store.minus(own, guardOfOther)),
        try isFeasible(try store.minus(guardOfOther, own)),
        try isFeasible(shared)
      else { continue }
      found.append(other)
    }
    return found
  }
}
