import PolicySemantics
package import PolicyUnits
package import RoutingBudgets
import RoutingRuntime
package import TrafficLog

/// What a log would have cost under a policy, step by step, with all that was taken for granted.
package struct ReplayReport: Sendable {
  package let requests: Int64
  package let leftOut: [LeftOut.Group]
  package let first: Timestamp?
  package let last: Timestamp?
  /// How many were priced at the catalog's prices as logged; the log's own cost was taken of the others.
  package let pricedByCatalog: Int64
  /// From what was logged to the whole policy; each step has all before it.
  package let steps: [Step]
  /// In the policy's order; the same steps of each route.
  package let routes: [RouteShare]
  package let singles: [Single]
  package let tiers: [TierAcceptance]
  package let hits: Int64
  package let comparable: Int64
  package let currency: String

  /// The whole policy's cost.
  package var cost: ReplayCost { steps.last?.cost ?? .nothing }
  package var logged: Money { steps.first?.cost.expected ?? .zero }

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
    package let logged: Money
    package let cost: ReplayCost
    /// The line of the log of one of them.
    package let example: Int
  }

  package struct Single: Sendable {
    package let model: String
    /// Nil where it has no price.
    package let cost: Money?
    /// As the catalog has it.
    package let quality: Score?
    /// Whether some call of the policy may go to it.
    package let isUsed: Bool
  }
}

/// An amount and what it lies between.
package struct ReplayCost: Hashable, Sendable {
  /// Nil where nobody knows how often a tier is accepted.
  package let expected: Money?
  package let low: Money
  package let high: Money

  package static let nothing = ReplayCost(expected: .zero, low: .zero, high: .zero)

  package init(expected: Money?, low: Money, high: Money) {
    self.expected = expected
    self.low = low
    self.high = high
  }
}

extension Replay {
  /// What has been added, summed up; `tiers` is what the log measured of them.
  package func report(tiers: TierTally) -> ReplayReport {
    let policy = decider.frozen.policy
    var used: [TierAcceptance] = []
    var sums: [ReplayReport.Step.Kind: CostSum] = [:]
    var routes: [ReplayReport.RouteShare] = []
    // Rounded so that routes add up to the last step.
    var series = CostSeries()
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
      series.append(whole)
      routes.append(
        ReplayReport.RouteShare(
          name: policy[found.route].name, arm: armName(found), requests: found.requests,
          logged: CostSum(exactly: found.logged).cost.expected ?? .zero, cost: series.last,
          example: found.example))
    }
    return ReplayReport(
      requests: requests, leftOut: leftOut.groups, first: first, last: last,
      pricedByCatalog: pricedByCatalog,
      steps: shownSteps.map { ReplayReport.Step(kind: $0, cost: (sums[$0] ?? CostSum()).cost) },
      routes: routes, singles: singleReports, tiers: used,
      hits: classes.reduce(0) { $0 + $1.hits }, comparable: comparable,
      currency: policy.vocabulary.currency)
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
        cost: single.cost.map { CostSum(exactly: $0).cost.high },
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
    var expected: Int128? = 1_000_000
    var low: Int128 = 1_000_000
    var high: Int128 = 1_000_000
    for (cost, tier) in zip(costs, tiers) {
      sum.add(cost, expected: expected, low: low, high: high)
      guard let tier else { break }
      if let reach = expected, let share = tier.share {
        expected = reach * Int128(1_000_000 - share.millionths) / 1_000_000
      } else {
        expected = nil
      }
      low = low * Int128(1_000_000 - tier.high.millionths) / 1_000_000
      high = high * Int128(1_000_000 - tier.low.millionths) / 1_000_000
    }
    return sum
  }
}

/// Sums in nanos of money × 1,000,000, rounded once at the end: up, as a bill is.
struct CostSum {
  private var expected: Int128? = 0
  private var low: Int128 = 0
  private var high: Int128 = 0

  init() {}

  init(exactly nanos: Int128) {
    expected = nanos * 1_000_000
    low = nanos * 1_000_000
    high = low
  }

  mutating func add(_ nanos: Int128, expected reach: Int128?, low: Int128, high: Int128) {
    if let sum = expected, let reach { expected = sum + nanos * reach } else { expected = nil }
    self.low += nanos * low
    self.high += nanos * high
  }

  mutating func add(_ other: CostSum) {
    if let sum = expected, let more = other.expected {
      expected = sum + more
    } else {
      expected = nil
    }
    low += other.low
    high += other.high
  }

  func without(_ share: Share?) -> CostSum {
    guard let share else { return self }
    let left = Int128(1_000_000 - share.millionths)
    var sum = self
    sum.expected = expected.map { $0 * left / 1_000_000 }
    sum.low = low * left / 1_000_000
    sum.high = high * left / 1_000_000
    return sum
  }

  var cost: ReplayCost {
    ReplayCost(expected: expected.map(Self.money), low: Self.money(low), high: Self.money(high))
  }

  private static func money(_ sum: Int128) -> Money {
    let (nanos, rest) = sum.quotientAndRemainder(dividingBy: 1_000_000)
    return Money(nanos: Int64(clamping: nanos + (rest > 0 ? 1 : 0)))
  }
}
