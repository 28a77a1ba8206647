import PolicyGraph
import PolicySemantics

/// A part of the requests that two policies treat differently, all in the same way.
struct DifferencePiece {
  /// Nil where the request is refused before any route.
  let old: RouteID?
  let new: RouteID?
  let changes: [AspectChange]
  let region: Diagram
}

/// Who may refuse what fits no call of a plan, arm by arm, in either policy.
struct RefuserNames: Hashable {
  let old: [[String]]
  let new: [[String]]
}

/// Finds where two policies differ.
///
/// Take the routes both policies have, with the same condition and content and in the same order. A
/// request that none of the others holds for goes to the same one of them in both. So only what the
/// others hold for is looked at (the *frontier*), route by route of the old policy, each held against
/// the new one's routes that meet it. Where guards differ, everything they hold for is looked at as
/// well.
struct DifferenceFinder {
  let regions: RegionSpace
  let old: ComparedPolicy
  let new: ComparedPolicy
  private let guards: (old: GuardClasses, new: GuardClasses)
  private(set) var pieces: [DifferencePiece] = []
  /// Pairs of routes that take a request, one gone and one new, and treat it the same.
  private(set) var renamed: [(old: RouteID, new: RouteID)] = []
  /// What another route takes and treats the same, where it is not the same route renamed.
  private(set) var rerouted: [DifferencePiece] = []
  /// What is treated the same as long as some call fits; where none does, another declaration may
  /// be named.
  private(set) var mayRefuse: [(piece: DifferencePiece, names: RefuserNames)] = []

  private var store: DiagramStore { regions.store }

  init(_ regions: RegionSpace) throws(DiagramsTooLarge) {
    self.regions = regions
    let numbers = ContentNumbers()
    let keys = KeyNumbers()
    old = try ComparedPolicy(0, regions, numbers, keys)
    new = try ComparedPolicy(1, regions, numbers, keys)
    guards = (try GuardClasses(0, regions, numbers), try GuardClasses(1, regions, numbers))
  }

  /// - Complexity: with few changes, O(routes × log routes) for the comparison and a few diagram
  ///   operations for each route that meets what changed.
  mutating func find() throws(DiagramsTooLarge) {
    let refused = try holdFacts()
    let guarded = try store.minus(try whereGuardsDiffer(), refused)
    let looked = try store.or(guarded, refused)
    for part in try partsOfRoutes() {
      let region = try store.minus(part.region, looked)
      try hold(part.route, region, evenIfAlike: false)
    }
    for part in try split(guarded, by: old) {
      try hold(part.route, part.region, evenIfAlike: true)
    }
  }

  /// Compares what one of the policies refuses for its facts.
  ///
  /// - Returns: what one of them or both refuse.
  private mutating func holdFacts() throws(DiagramsTooLarge) -> Diagram {
    let before = try FactRefusals.regions(of: 0, in: regions)
    let after = try FactRefusals.regions(of: 1, in: regions)
    var refused = (old: Diagram.never, new: Diagram.never)
    for part in before { refused.old = try store.or(refused.old, part.region) }
    for part in after { refused.new = try store.or(refused.new, part.region) }
    for part in after {
      for taken in try split(try store.minus(part.region, refused.old), by: old) {
        for known in try cases(of: taken.region, taken.route, old, guards.old) {
          try add(known.region, taken.route, known.treatment, nil, part.treatment)
        }
      }
    }
    for part in before {
      for taken in try split(try store.minus(part.region, refused.new), by: new) {
        for known in try cases(of: taken.region, taken.route, new, guards.new) {
          try add(known.region, nil, part.treatment, taken.route, known.treatment)
        }
      }
    }
    return try store.or(refused.old, refused.new)
  }

  // MARK: Where to look

  /// Where the guards that hold do not do the same.
  private func whereGuardsDiffer() throws(DiagramsTooLarge) -> Diagram {
    var differ = Diagram.never
    for before in guards.old.classes {
      for after in guards.new.classes
      where guards.old.content(of: before.guards) != guards.new.content(of: after.guards) {
        differ = try store.or(differ, try store.and(before.region, after.region))
      }
    }
    return differ
  }

  /// What each route of the old policy takes of the frontier.
  private func partsOfRoutes() throws(DiagramsTooLarge) -> [(route: RouteID, region: Diagram)] {
    let differing = try differingRoutes()
    let count = differing.old.count + differing.new.count
    guard count > 0 else { return [] }
    if count <= Self.fewRoutes {
      var frontier = Diagram.never
      for route in differing.old {
        frontier = try store.or(frontier, try regions.holds(.route(route), in: 0))
      }
      for route in differing.new {
        frontier = try store.or(frontier, try regions.holds(.route(route), in: 1))
      }
      return try split(frontier, by: old)
    }
    var parts: [(route: RouteID, region: Diagram)] = []
    for index in old.keys.indices {
      parts.append((RouteID(index), try regions.decides(RouteID(index), in: 0)))
    }
    return parts
  }

  /// With more than these the frontier is everything.
  private static let fewRoutes = 64

  /// The routes of each policy that the other does not have in the same order.
  private func differingRoutes() throws(DiagramsTooLarge) -> (old: [RouteID], new: [RouteID]) {
    var pairs: [(old: Int, new: Int)] = []
    for index in old.keys.indices {
      guard let other = new.routes[old.policy.routes[index].name],
        try areSame(index, other.index)
      else { continue }
      pairs.append((index, other.index))
    }
    let kept = Self.longestRising(pairs.map(\.new)).map { pairs[$0] }
    let (oldKept, newKept) = (Set(kept.map(\.old)), Set(kept.map(\.new)))
    return (
      old.keys.indices.filter { !oldKept.contains($0) }.map(RouteID.init),
      new.keys.indices.filter { !newKept.contains($0) }.map(RouteID.init)
    )
  }

  /// The places of a longest rising subsequence.
  ///
  /// O(n log n).
  static func longestRising(_ numbers: [Int]) -> [Int] {
    // By length less one: the place of the least number such a subsequence can end with.
    var ends: [Int] = []
    var before: [Int?] = []
    for (place, number) in numbers.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
      }
      before.append(low > 0 ? ends[low - 1] : nil)
      if low == ends.count { ends.append(place) } else { ends[low] = place }
    }
    var found: [Int] = []
    var at = ends.last
    while let place = at {
      found.append(place)
      at = before[place]
    }
    return found.reversed()
  }

  private func areSame(_ before: Int, _ after: Int) throws(DiagramsTooLarge) -> Bool {
    guard old.keys[before] == new.keys[after] else { return false }
    let condition = try regions.holds(.route(RouteID(before)), in: 0)
    return try regions.holds(.route(RouteID(after)), in: 1) == condition
  }

  /// What each route of a policy takes of a region, in written order.
  private func split(
    _ region: Diagram, by side: ComparedPolicy, upTo end: Int? = nil
  ) throws(DiagramsTooLarge) -> [(route: RouteID, region: Diagram)] {
    guard region != .never else { return [] }
    var left = region
    var parts: [(route: RouteID, region: Diagram)] = []
    let meeting = try regions.routes(
      meeting: region, before: end ?? side.keys.count, in: side.index)
    for route in meeting {
      let condition = try regions.holds(.route(route), in: side.index)
      let taken = try store.and(left, condition)
      guard taken != .never else { continue }
      parts.append((route, taken))
      left = try store.minus(left, condition)
      if left == .never { break }
    }
    return parts
  }

  // MARK: Holding one against the other

  /// Holds what a route of the old policy takes against the routes that take it in the new one.
  private mutating func hold(
    _ route: RouteID, _ region: Diagram, evenIfAlike: Bool
  ) throws(DiagramsTooLarge) {
    guard region != .never else { return }
    // Most of it goes to the route of the same name, before whatever else it meets.
    let near = new.routes[old.name(route)].map { $0.index + 1 }
    var parts = try split(region, by: new, upTo: near)
    if near != nil {
      var left = region
      for part in parts { left = try store.minus(left, part.region) }
      parts += try split(left, by: new)
    }
    for part in parts {
      let alike = old.keys[route.index] == new.keys[part.route.index]
      if alike, !evenIfAlike, !names(route, part.route) {
        if let found = try regions.feasible(part.region) { note(route, part.route, found.region) }
        continue
      }
      try compare(route, part.route, part.region)
    }
  }

  /// Whether both refuse, each under its own name: a refusal says by whom.
  private func names(_ before: RouteID, _ after: RouteID) -> Bool {
    guard case .refuse = old.policy[before].action, case .refuse = new.policy[after].action else {
      return false
    }
    return old.name(before) != new.name(after)
  }

  /// Notes that another route takes requests and treats them the same.
  ///
  /// It is the same route under a new name where neither policy knows both names.
  private mutating func note(_ before: RouteID, _ after: RouteID, _ region: Diagram) {
    guard old.name(before) != new.name(after) else { return }
    guard new.routes[old.name(before)] == nil, old.routes[new.name(after)] == nil else {
      rerouted.append(DifferencePiece(old: before, new: after, changes: [], region: region))
      return
    }
    guard !renamed.contains(where: { $0.old == before && $0.new == after }) else { return }
    renamed.append((before, after))
  }

  private mutating func compare(
    _ before: RouteID, _ after: RouteID, _ region: Diagram
  ) throws(DiagramsTooLarge) {
    for oldCase in try cases(of: region, before, old, guards.old) {
      for newCase in try cases(of: oldCase.region, after, new, guards.new) {
        try add(newCase.region, before, oldCase.treatment, after, newCase.treatment)
      }
    }
  }

  private mutating func add(
    _ region: Diagram, _ before: RouteID?, _ old: Treatment, _ after: RouteID?, _ new: Treatment
  ) throws(DiagramsTooLarge) {
    guard let possible = try regions.feasible(region)?.region else { return }
    let changes = old.changes(to: new) + refuserChange(old, new)
    if !changes.isEmpty {
      pieces.append(
        DifferencePiece(old: before, new: after, changes: changes, region: possible))
      return
    }
    if old.mayRefuse != new.mayRefuse {
      let piece = DifferencePiece(old: before, new: after, changes: [], region: possible)
      mayRefuse.append((piece, RefuserNames(old: old.mayRefuse, new: new.mayRefuse)))
    }
    if let before, let after { note(before, after, possible) }
  }

  /// The same refusal in another name.
  ///
  /// A route under another name is told as renamed.
  private func refuserChange(_ before: Treatment, _ after: Treatment) -> [AspectChange] {
    guard let said = before.aspects[.refusal], let says = after.aspects[.refusal],
      said.exactContent == says.exactContent, let first = before.refuser,
      let second = after.refuser,
      first != second
    else { return [] }
    if first.kind == .route, second.kind == .route, !new.declares(first), !old.declares(second) {
      return []
    }
    return [AspectChange(aspect: .refusal, old: said.shown, new: says.shown)]
  }

  /// A region by the guards that hold and the compressions that apply, with the route's treatment.
  private func cases(
    of region: Diagram, _ route: RouteID, _ side: ComparedPolicy, _ guards: GuardClasses
  ) throws(DiagramsTooLarge) -> [(region: Diagram, treatment: Treatment)] {
    var cases: [(region: Diagram, treatment: Treatment)] = []
    for guarded in guards.classes {
      let inside = try store.and(region, guarded.region)
      guard inside != .never else { continue }
      var applied: [(region: Diagram, applies: Set<CompressionID>)] = [(inside, [])]
      for compression in side.compressions(of: route) {
        let holds = try regions.holds(.compression(compression), in: side.index)
        var split: [(region: Diagram, applies: Set<CompressionID>)] = []
        for part in applied {
          let yes = try store.and(part.region, holds)
          let no = try store.minus(part.region, holds)
          if yes != .never { split.append((yes, part.applies.union([compression]))) }
          if no != .never { split.append((no, part.applies)) }
        }
        applied = split
      }
      for part in applied {
        let treatment = side.treatment(
          of: route, guards: guarded.guards, compressions: part.applies)
        cases.append((part.region, treatment))
      }
    }
    return cases
  }
}
