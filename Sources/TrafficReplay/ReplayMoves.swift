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
    var moves: [Words: Sums] = [:]
    for (pair, sums) in pairs.sorted(by: { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) }) {
      let words = Words(from: before.words(for: pair.from), to: after.words(for: pair.to))
      guard words.from != words.to else { continue }
      let route = before.decider.frozen.policy[before.classes[pair.from].route].name
      var move = moves[words] ?? Sums(fromRoute: route, example: sums.example)
      move.requests += sums.requests
      move.example = min(move.example, sums.example)
      move.before.add(before.sum(sums.before, of: pair.from, tiers))
      move.after.add(after.sum(sums.after, of: pair.to, tiers))
      moves[words] = move
    }
    return moves.map { words, sums in
      ReplayMove(
        from: words.from, fromRoute: sums.fromRoute, to: words.to, requests: sums.requests,
        before: sums.before.cost, after: sums.after.cost, example: sums.example)
    }
    .sorted { ($1.requests, $0.from, $0.to) < ($0.requests, $1.from, $1.to) }
  }

  /// What a reader is told of a move: classes that differ in what is not said (an arm of the same model, a
  /// cache) are one.
  private struct Words: Hashable {
    let from: String
    let to: String
  }

  private struct Sums {
    let fromRoute: String
    var example: Int
    var requests: Int64 = 0
    var before = CostSum()
    var after = CostSum()
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
