import PolicySemantics
package import PolicyUnits
package import RoutingBudgets
package import RoutingRuntime
package import TrafficLog

/// What a log would have cost under a policy, step by step, with all that was taken for granted.
package struct ReplayReport: Sendable {
  package let requests: Int64
  package let leftOut: [LeftOut.Group]
  package let first: Timestamp?
  package let last: Timestamp?
  /// The time that what it costs is of; nil where nobody knows.
  package let covered: CoveredTime?
  /// Pauses of more than a year, which are no part of that.
  package let gaps: [LogGap]
  /// How many were priced at the catalog's prices as logged; the log's own cost was taken of the others.
  package let pricedByCatalog: Int64
  /// From what was logged to the whole policy; each step has all before it.
  package let steps: [Step]
  /// In the policy's order; the same steps of each route.
  package let routes: [RouteShare]
  package let singles: [Single]
  package let tiers: [TierAcceptance]
  /// What gates of its routes call.
  package let asks: Set<GateText.Kind>
  package let hits: Int64
  package let comparable: Int64
  package let currency: String
  /// What its reader said of the log.
  package let rates: ReplayRates

  /// The whole policy's cost.
  package var cost: ReplayCost { steps.last?.cost ?? .nothing }
  /// In nanos.
  package var logged: Int128 { steps.first?.cost.expected ?? 0 }

  package struct Step: Sendable {
    package let kind: Kind
    package let cost: ReplayCost

    package enum Kind: String, Sendable, CaseIterable {
      case logged, routing, ladder, cache, compression, batching
    }
  }

  package struct RouteShare: Sendable {
    package let name: String
    package let arm: String?
    package let requests: Int64
    /// In nanos.
    package let logged: Int128
    package let cost: ReplayCost
    /// The line of the log of one of them.
    package let example: Int
  }

  package struct Single: Sendable {
    package let model: String
    /// In nanos, of the requests it can take; nil where it has no price, or one that cannot be counted,
    /// and where it can take none.
    package let cost: Int128?
    /// Requests that are longer than its window.
    package let tooLong: Int64
    /// Requests whose logged answer is longer than its `max_output`: they are counted at that.
    package let cut: Int64
    /// As the catalog has it.
    package let quality: Score?
    /// Whether some call of the policy may go to it.
    package let isUsed: Bool
  }
}

/// An amount and what it lies between, in nanos of money: a log's sum may be more than one ``Money``.
package struct ReplayCost: Hashable, Sendable {
  /// Nil where nobody knows how often a tier is accepted.
  package let expected: Int128?
  package let low: Int128
  package let high: Int128

  package static let nothing = ReplayCost(expected: 0, low: 0, high: 0)

  package init(expected: Int128?, low: Int128, high: Int128) {
    self.expected = expected
    self.low = low
    self.high = high
  }
}

/// The classes of one route and arm: they differ in what is left of a plan, of which a reader is told
/// nothing there.
private struct RouteSums {
  let first: RequestClass
  private(set) var requests: Int64
  private(set) var logged: Int128
  private(set) var cost: CostSum
  private(set) var example: Int

  init(_ found: RequestClass, _ cost: CostSum) {
    first = found
    requests = found.requests
    logged = found.logged
    self.cost = cost
    example = found.example
  }

  /// False for a class of another route or arm.
  mutating func add(_ found: RequestClass, _ cost: CostSum) -> Bool {
    guard found.route == first.route, found.arm == first.arm else { return false }
    requests += found.requests
    logged += found.logged
    self.cost.add(cost)
    example = min(example, found.example)
    return true
  }
}

extension Replay {
  /// What has been added, summed up; `tiers` is what the log measured of them.
  package func report(tiers: TierTally) -> ReplayReport {
    let policy = decider.frozen.policy
    var used: [TierAcceptance] = []
    var sums: [ReplayReport.Step.Kind: CostSum] = [:]
    var shares: [RouteSums] = []
    for index in classes.indices.sorted(by: isBefore) where classes[index].requests > 0 {
      let found = classes[index]
      let ladder = acceptances(of: found, tiers)
      for acceptance in ladder.compactMap(\.self)
      where !used.contains(where: { $0.isOf(acceptance) }) {
        used.append(acceptance)
      }
      var whole = CostSum()
      for kind in ReplayReport.Step.Kind.allCases {
        let sum = cost(of: found, kind, ladder)
        sums[kind, default: CostSum()].add(sum)
        whole = sum
      }
      if let place = shares.indices.last, shares[place].add(found, whole) { continue }
      shares.append(RouteSums(found, whole))
    }
    // Rounded so that routes add up to the last step.
    var series = CostSeries()
    let routes = shares.map { share in
      series.append(share.cost)
      return ReplayReport.RouteShare(
        name: policy[share.first.route].name, arm: armName(share.first), requests: share.requests,
        logged: share.logged, cost: series.last, example: share.example)
    }
    return ReplayReport(
      requests: requests, leftOut: leftOut.groups, first: span.first, last: span.last,
      covered: span.covered, gaps: span.gaps,
      pricedByCatalog: pricedByCatalog,
      steps: shownSteps.map { ReplayReport.Step(kind: $0, cost: (sums[$0] ?? CostSum()).cost) },
      routes: routes, singles: singleReports, tiers: used,
      asks: classes.reduce(into: []) { if $1.requests > 0 { $0.formUnion($1.asks) } },
      hits: classes.reduce(0) { $0 + $1.hits }, comparable: comparable,
      currency: policy.vocabulary.currency, rates: rates)
  }

  /// Of each call; nil for one that no gate decides about.
  func acceptances(of found: RequestClass, _ tally: TierTally) -> [TierAcceptance?] {
    let book = AcceptanceBook(
      policy: decider.frozen.policy, frozen: decider.frozen, rates: rates, tally: tally)
    return found.steps.map { step in
      guard step.isGated, let ladder = step.ladder else { return nil }
      return book.acceptance(ladder, step.model)
    }
  }

  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    (classes[a].route.index, classes[a].arm, a) < (classes[b].route.index, classes[b].arm, b)
  }

  private func armName(_ found: RequestClass) -> String? {
    decider.frozen.routes[found.route.index].split?.arms[found.arm].name
  }

  /// A step that changes nothing by the policy's own lines is not shown.
  private var shownSteps: [ReplayReport.Step.Kind] {
    ReplayReport.Step.Kind.allCases.filter { kind in
      switch kind {
      case .logged, .routing: true
      case .ladder: classes.contains { $0.steps.count > 1 }
      case .cache: comparable > 0
      case .compression: rates.compression != nil && classes.contains(where: \.compresses)
      case .batching: rates.batching != nil && classes.contains(where: \.batches)
      }
    }
  }

  private var singleReports: [ReplayReport.Single] {
    let used = Set(classes.flatMap { $0.steps.map(\.model.index) })
    return singles.map { single in
      ReplayReport.Single(
        model: decider.frozen.policy[single.model].name,
        cost: single.cost, tooLong: single.tooLong, cut: single.cut,
        quality: decider.frozen.policy[single.model].quality,
        isUsed: used.contains(single.model.index))
    }
  }

  /// One class's cost with a step and all before it.
  private func cost(
    of found: RequestClass, _ kind: ReplayReport.Step.Kind, _ tiers: [TierAcceptance?]
  ) -> CostSum {
    switch kind {
    case .logged: CostSum(exactly: found.logged)
    case .routing: CostSum(exactly: found.steps.last?.all ?? 0)
    case .ladder: climb(found.steps.map(\.all), tiers)
    case .cache: climb(found.steps.map(\.missed), tiers)
    case .compression: climb(found.steps.map(\.compressed), tiers)
    case .batching:
      climb(found.steps.map(\.compressed), tiers)
        .without(found.batches ? rates.batching : nil)
    }
  }

  /// Each tier at the share of requests that reach it: those no tier before it accepted.
  func climb(_ costs: [Int128], _ tiers: [TierAcceptance?]) -> CostSum {
    var sum = CostSum()
    var expected: Reach? = .whole
    var low = Reach.whole
    var high = Reach.whole
    for (cost, tier) in zip(costs, tiers) {
      sum.add(cost, expected: expected, low: low, high: high)
      guard let tier else { break }
      expected = tier.rejected.flatMap { expected?.climbed(by: $0) }
      low = low.climbed(by: Fraction(rejectedBy: tier.high))
      high = high.climbed(by: Fraction(rejectedBy: tier.low))
    }
    return sum
  }
}
