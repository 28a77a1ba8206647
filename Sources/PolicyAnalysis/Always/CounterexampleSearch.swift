import PolicyGraph
import PolicySemantics
import PolicySyntax
import RoutingRuntime

/// Looks for a request that breaks a line of an `always`, case by case, until every box of sizes is
/// ruled out.
struct CounterexampleSearch {
  private let decider: Decider
  private let regions: RegionSpace
  private let limits: AlwaysStudy.Limits
  private let expect: [Expectation]
  private let trial: AlwaysTrial
  /// Boxes looked at.
  private(set) var boxes = 0
  private var requests = 0
  private var scans = 0
  private var longScans = 0
  private static let mostScans = 64
  private static let mostLongScans = 6
  private var proved: Set<AlwaysCase.Key> = []
  /// Why nothing can be promised, if something was left open.
  private(set) var open: AlwaysNotDecided?

  init(
    _ index: Int, _ decider: Decider, _ regions: RegionSpace, _ limits: AlwaysStudy.Limits
  ) {
    self.decider = decider
    self.regions = regions
    self.limits = limits
    expect = decider.graph.policy.always[index].expect
    trial = AlwaysTrial(index, decider)
  }

  /// A request of the case that breaks a line; nil if there is none, or if ``open`` says so.
  mutating func look(
    in found: AlwaysCase
  ) throws(DiagramsTooLarge) -> AlwaysVerdict.Counterexample? {
    // Most cases hold for all sizes, whether or not some request is in them.
    let models = decider.models(of: found.route, arm: found.arm)
    let whole = PlanSizeBox(found, decider.families(of: models), regions)
    let key = found.key(whole, all: decider.abilities(of: models))
    guard !proved.contains(key) else { return nil }
    var left = [whole]
    var base: Base?
    // The smaller half first: requests of that size can be built.
    while let box = left.popLast() {
      boxes += 1
      let possible = PlanPossibilities(decider.graph.policy, PlanBounds(found, box, decider))
      guard let line = expect.firstIndex(where: { !possible.allMeet($0) }) else { continue }
      let start: Base
      if let base {
        start = base
      } else {
        start = try self.base(of: found)
        base = start
        if case .request(let input) = start, scans < Self.mostScans {
          scans += 1
          if let broken = trial.attemptPoorer(input, found) { return broken }
        }
      }
      switch start {
      case .empty: return nil
      case .unknown: break
      case .request(let input):
        guard requests < limits.requests, SizedRequest.isBuildable(in: box),
          possible.someCornerBreaks(
            expect[line], evenLarge: SizedRequest.isBuildable(in: box, to: .most))
        else { break }
        requests += 1
        if let broken = trial.attempt(from: input, found, box) { return broken }
      }
      let halves = boxes < limits.boxes ? cut(box, possible, expect[line], found) : []
      if halves.isEmpty {
        // Long texts are slow to read, so they are tried only where no proof comes about.
        if case .request(let input) = start, longScans < Self.mostLongScans {
          longScans += 1
          if let broken = trial.attemptLonger(input, found) { return broken }
        }
        if case .unknown = start { open = open ?? .noRequest(line: line) }
        open = open ?? .sizes(line: line)
        return nil
      }
      left += halves.reversed()
    }
    proved.insert(key)
    return nil
  }

  /// What a case starts from.
  private enum Base {
    /// No request is in it.
    case empty
    case request(RequestInput)
    case unknown
  }

  private func base(of found: AlwaysCase) throws(DiagramsTooLarge) -> Base {
    switch try regions.witness(in: found.region) {
    case .empty: .empty
    case .found(let witness): .request(witness.input)
    case .notBuilt: .unknown
    }
  }

  /// Cuts a box where its corners disagree: at the windows and least outputs of the calls the line
  /// hangs on, then by halves.
  private func cut(
    _ box: PlanSizeBox, _ possible: PlanPossibilities, _ line: Expectation, _ found: AlwaysCase
  ) -> [PlanSizeBox] {
    let culprits = possible.culprits(of: line)
    for call in culprits {
      guard let model = possible.model(of: call).map({ decider.frozen[$0] }) else { continue }
      if possible.losesWindow(call), let window = model.window {
        let halves = box.cut(.low(model.tokenizer), before: window)
        if !halves.isEmpty { return halves }
      }
      let halves = box.cut(.maxTokens, before: possible.minOutput(of: call))
      if !halves.isEmpty { return halves }
    }
    let groups = dimensions(of: culprits, possible, line, found, box)
    for group in groups {
      let halves = box.halved(among: group, unlessWithin: 0.05)
      if !halves.isEmpty { return halves }
    }
    return []
  }

  /// What to halve, the most telling first.
  private func dimensions(
    of culprits: [Int], _ possible: PlanPossibilities, _ line: Expectation, _ found: AlwaysCase,
    _ box: PlanSizeBox
  ) -> [[SizeDimension]] {
    let budgets = SizeDimension.allLeft.filter { box.ranges[$0] != nil }
    guard !line.isOfCost, !culprits.isEmpty else {
      let families = box.ranges.keys.compactMap(\.family).sorted { $0.rawValue < $1.rawValue }
      let bounds = Array(Set(families)).sorted { $0.rawValue < $1.rawValue }
      return [bounds.map { .bound($0) } + [.maxTokens, .bytes(.question)] + budgets]
    }
    return culprits.map { call in
      var group = budgets
      if let model = possible.model(of: call) {
        group.append(.bound(decider.frozen[model].tokenizer))
      }
      // More than the least output changes nothing about whether a call is made.
      if box[.maxTokens].upperBound <= possible.minOutput(of: call) { group.append(.maxTokens) }
      if culprits.contains(where: possible.isJudged) { group.append(.bytes(.question)) }
      return group
    }
  }
}

extension SizeDimension {
  fileprivate var family: TokenizerFamily? {
    switch self {
    case .bound(let family), .low(let family): family
    case .bytes, .maxTokens, .left, .tokensLeft: nil
    }
  }
}

extension Expectation {
  fileprivate var isOfCost: Bool {
    switch kind {
    case .worstCost, .expectedCost: true
    case .task, .route, .first, .last, .calls, .climbs, .answeredBy, .cached, .refusedBy,
      .firstModel, .lastModel:
      false
    }
  }
}

extension Decider {
  /// The models an arm of a route may call, the requested one apart.
  fileprivate func models(of route: RouteID, arm: Int) -> Set<ModelID> {
    let arms = frozen.routes[route.index].arms
    guard arms.indices.contains(arm) else { return [] }
    var models: Set<ModelID> = []
    for call in arms[arm].calls {
      switch call.step.target {
      case .model(let id): models.insert(id)
      case .requested: models.formUnion(frozen.models.map(\.id))
      case .embedder: continue
      }
    }
    return models
  }

  /// What all of some models can do.
  fileprivate func abilities(of models: Set<ModelID>) -> Abilities {
    models.reduce([.tools, .images, .json, .jsonSchema]) {
      $0.intersection(frozen[$1].abilities)
    }
  }

  fileprivate func families(of models: Set<ModelID>) -> Set<TokenizerFamily> {
    Set(models.map { frozen[$0].tokenizer })
  }
}
