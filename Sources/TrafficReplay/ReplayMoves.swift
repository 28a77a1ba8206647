import PolicySemantics
import PolicyUnits
import RoutingRuntime
package import TrafficLog

/// Requests that go another way under another policy, and what that costs.
package struct ReplayMove: Sendable {
  /// Route and what answers there, as `faq: cheap_first`.
  package let from: String
  /// The name of the route alone.
  package let fromRoute: String
  package let to: String
  package let requests: Int64
  /// What they cost under the one and under the other, caches taken into account.
  package let before: ReplayCost
  package let after: ReplayCost
  /// The line of the log of one of them.
  package let example: Int
}

/// Counts where requests go under two policies, by their classes in each.
package struct ReplayMoves: Sendable {
  private struct Pair: Hashable {
    let from: Int
    let to: Int
  }

  private var pairs: [Pair: PairedSums] = [:]

  package init() {}

  /// Adds the request both have just been given; one that is left out of either is no move, as nobody
  /// knows where it goes.
  package mutating func add(
    from: Int?, in before: Replay, to: Int?, in after: Replay, line: Int
  ) {
    guard let from, let to else { return }
    var sums =
      pairs[Pair(from: from, to: to)]
      ?? PairedSums(example: line, from, in: before, to, in: after)
    sums.addLast(of: before, and: after)
    pairs[Pair(from: from, to: to)] = sums
  }

  /// Those whose route or calls differ, the most frequent first.
  package func moves(from before: Replay, to after: Replay, tiers: TierTally) -> [ReplayMove] {
    pairs.compactMap { pair, sums -> ReplayMove? in
      let old = before.words(for: pair.from)
      let new = after.words(for: pair.to)
      guard old != new else { return nil }
      return ReplayMove(
        from: old, fromRoute: before.decider.frozen.policy[before.classes[pair.from].route].name,
        to: new, requests: sums.requests,
        before: before.cost(sums.before, of: pair.from, tiers),
        after: after.cost(sums.after, of: pair.to, tiers), example: sums.example)
    }
    .sorted { ($1.requests, $0.from, $0.to) < ($0.requests, $1.from, $1.to) }
  }
}

extension Replay {
  /// A class as a reader knows it.
  func words(for number: Int) -> String {
    let policy = decider.frozen.policy
    let found = classes[number]
    let models = found.steps.map { policy[$0.model].name }.joined(separator: ", ")
    let route = policy[found.route].name
    guard let ladder = found.steps.first?.ladder else { return "\(route): \(models)" }
    // A ladder by its name, unless some of its tiers are not there for these requests.
    let isWhole = policy[ladder].tiers.count == found.steps.count
    return "\(route): \(policy[ladder].name)" + (isWhole ? "" : " (\(models))")
  }

  func addLast(to sums: inout [Int128]) {
    guard !lastWasHit else { return }
    for place in sums.indices where stepCosts.indices.contains(place) {
      sums[place] += Int128(stepCosts[place].whole)
    }
  }

  func cost(_ sums: [Int128], of number: Int, _ tally: TierTally) -> ReplayCost {
    sum(sums, of: number, tally).cost
  }

  func sum(_ sums: [Int128], of number: Int, _ tally: TierTally) -> CostSum {
    climb(sums, acceptances(of: classes[number], tally))
  }
}
