import PolicyAnalysis
import PolicyGraph
import PolicySemantics

/// Something that some request does, or none.
enum OracleQuestion: Hashable {
  case decides(RouteID)
  case holds(RouteID)
  case overlap(RouteID, RouteID)
  case task(TaskID)
  case noTask
  case condition(ConditionID)
  case differs

  var kind: String {
    switch self {
    case .decides: "routes reached"
    case .holds: "conditions of routes"
    case .overlap: "pairs of routes that overlap"
    case .task: "tasks"
    case .noTask: "requests without a task"
    case .condition: "named conditions"
    case .differs: "versions that differ"
    }
  }
}

/// Brute force: what is found among the requests.
struct OracleAnswers {
  private(set) var found: [OracleQuestion: Bool] = [:]
  private let old: DecisionGraph
  private let new: DecisionGraph
  private var scratch: Scratch
  private var other: Scratch

  init(_ old: DecisionGraph, _ new: DecisionGraph) {
    self.old = old
    self.new = new
    scratch = Scratch(for: old)
    other = Scratch(for: new)
    let routes = old.policy.routes.indices.map(RouteID.init)
    for route in routes {
      found[.decides(route)] = false
      found[.holds(route)] = false
      for later in routes where later.index > route.index { found[.overlap(route, later)] = false }
    }
    for task in old.policy.tasks.indices { found[.task(TaskID(task))] = false }
    if !old.policy.tasks.isEmpty { found[.noTask] = false }
    for condition in old.policy.conditions.indices {
      found[.condition(ConditionID(condition))] = false
    }
    found[.differs] = false
  }

  mutating func add(_ input: RequestInput) throws {
    var facts = try old.facts(of: input)
    guard case .route(let route, let task) = old.decide(&facts, in: &scratch) else {
      throw Undecided()
    }
    found[.decides(route)] = true
    if let task {
      found[.task(task)] = true
    } else if found[.noTask] != nil {
      found[.noTask] = true
    }
    var held: [RouteID] = []
    for index in old.policy.routes.indices {
      let route = RouteID(index)
      if old.evaluate(.route(route), &facts, in: &scratch) == .yes { held.append(route) }
    }
    for (place, route) in held.enumerated() {
      found[.holds(route)] = true
      for later in held.dropFirst(place + 1) { found[.overlap(route, later)] = true }
    }
    for index in old.policy.conditions.indices {
      let id = ConditionID(index)
      if old.evaluate(.named(id), &facts, in: &scratch) == .yes { found[.condition(id)] = true }
    }
    var again = try new.facts(of: input)
    guard case .route(let after, _) = new.decide(&again, in: &other) else { throw Undecided() }
    if old.policy[route].name != new.policy[after].name { found[.differs] = true }
  }

  struct Undecided: Error {}
}

/// The analysis: whether a region has a request.
struct OracleQuestions {
  private let study: PolicyStudy
  private let both: PolicyStudy

  init(_ old: DecisionGraph, _ new: DecisionGraph) {
    study = PolicyStudy(old)
    both = PolicyStudy(comparing: old, with: new)
  }

  func isThere(_ question: OracleQuestion) throws -> Bool {
    switch question {
    case .differs:
      try both.ask { regions throws(DiagramsTooLarge) in
        try regions.isFeasible(try difference(regions))
      }
    case .decides, .holds, .overlap, .task, .noTask, .condition:
      try study.ask { regions throws(DiagramsTooLarge) in
        try regions.isFeasible(try region(question, regions))
      }
    }
  }

  private func region(
    _ question: OracleQuestion, _ regions: RegionSpace
  ) throws(DiagramsTooLarge) -> Diagram {
    switch question {
    case .decides(let route): return try regions.decides(route)
    case .holds(let route): return try regions.holds(.route(route))
    case .overlap(let one, let other):
      return try regions.store.and(
        try regions.holds(.route(one)), try regions.holds(.route(other)))
    case .task(let task): return try regions.task(task)
    case .noTask:
      var left = Diagram.always
      for index in regions.graphs[0].policy.tasks.indices {
        left = try regions.store.minus(left, try regions.task(TaskID(index)))
      }
      return left
    case .condition(let id): return try regions.holds(.named(id))
    case .differs: return try difference(regions)
    }
  }

  /// Where the two take routes of different names.
  private func difference(_ regions: RegionSpace) throws(DiagramsTooLarge) -> Diagram {
    let (old, new) = (regions.graphs[0].policy.routes, regions.graphs[1].policy.routes)
    var same = Diagram.never
    for (index, route) in old.enumerated() {
      guard let other = new.firstIndex(where: { $0.name == route.name }) else { continue }
      let both = try regions.store.and(
        try regions.decides(RouteID(index), in: 0), try regions.decides(RouteID(other), in: 1))
      same = try regions.store.or(same, both)
    }
    return try regions.store.not(same)
  }
}
