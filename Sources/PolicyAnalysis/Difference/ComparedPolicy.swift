import PolicyGraph
import PolicySemantics

/// One of two policies that are compared: what its routes do, spelled out where it is asked for.
final class ComparedPolicy {
  let index: Int
  let policy: CheckedPolicy
  let catalog: CatalogContents
  /// By route: equal numbers, equal treatment wherever the same guards hold.
  let keys: [Int]
  /// By name.
  let routes: [String: RouteID]
  private var treatments: [Case: Treatment] = [:]

  private struct Case: Hashable {
    let route: RouteID
    let guards: [GuardID]
    let compressions: Set<CompressionID>
  }

  init(
    _ index: Int, _ regions: RegionSpace, _ numbers: ContentNumbers, _ keyNumbers: KeyNumbers
  ) throws(DiagramsTooLarge) {
    self.index = index
    policy = regions.graphs[index].policy
    catalog = CatalogContents(policy.vocabulary)
    let made = RouteKeys(policy, catalog, numbers) { id throws(DiagramsTooLarge) in
      try regions.holds(.compression(id), in: index)
    }
    var keys: [Int] = []
    for route in policy.routes { keys.append(keyNumbers.number(of: try made.key(of: route))) }
    self.keys = keys
    routes = Dictionary(
      policy.routes.enumerated().map { ($1.name, RouteID($0)) }, uniquingKeysWith: { a, _ in a })
  }

  func name(_ route: RouteID) -> String { policy[route].name }

  func declares(_ refuser: Treatment.Refuser) -> Bool {
    switch refuser.kind {
    case .route: routes[refuser.name] != nil
    case .guarding: policy.guards.contains { $0.name == refuser.name }
    }
  }

  /// What a route does where these guards hold and these of its compressions apply.
  func treatment(
    of route: RouteID, guards: [GuardID], compressions: Set<CompressionID>
  ) -> Treatment {
    let asked = Case(route: route, guards: guards, compressions: compressions)
    if let known = treatments[asked] { return known }
    let made = TreatmentBuilder.treatment(
      of: route, in: policy, catalog, guards: guards, compressions: compressions)
    treatments[asked] = made
    return made
  }

  /// The compressions a route names.
  func compressions(of route: RouteID) -> [CompressionID] {
    policy[route].effects.compactMap { effect in
      switch effect {
      case .compress(let id, _): id
      case .cache, .shape, .batch, .stick, .stop, .shadow: nil
      }
    }
  }
}

/// Numbers for lists of numbers.
final class KeyNumbers {
  private var numbers: [[Int]: Int] = [:]

  func number(of key: [Int]) -> Int {
    if let known = numbers[key] { return known }
    let next = numbers.count
    numbers[key] = next
    return next
  }
}
