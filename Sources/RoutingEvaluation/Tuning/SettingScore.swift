import PolicyUnits

/// What one setting came to on the questions it was chosen by.
package struct SettingScore: Hashable, Sendable {
  package let order: Int
  /// Places on the axes of its order's grid.
  package let places: [Int]
  package let right: Int
  /// Questions that only the policy's own setting answers right.
  package let lost: Int
  /// In nano-units.
  package let cost: Int128
  /// How many thresholds and models stand elsewhere than in the policy.
  package let changes: Int

  package init(order: Int, places: [Int], right: Int, lost: Int, cost: Int128, changes: Int) {
    self.order = order
    self.places = places
    self.right = right
    self.lost = lost
    self.cost = cost
    self.changes = changes
  }

  /// As good for less, or better for no more.
  package func dominates(_ other: Self) -> Bool {
    right >= other.right && cost <= other.cost && (right > other.right || cost < other.cost)
  }

  /// Whether it is cheaper, else better, else nearer to the policy's own: no two are equal.
  package static func isCheaper(_ a: Self, _ b: Self) -> Bool {
    let (one, other) = ((a.cost, b.right, a.changes), (b.cost, a.right, b.changes))
    if one != other { return one < other }
    if a.order != b.order { return a.order < b.order }
    return a.places.lexicographicallyPrecedes(b.places)
  }

  /// Whether it is better, else cheaper, else nearer to the policy's own.
  package static func isBetter(_ a: Self, _ b: Self) -> Bool {
    a.right != b.right ? a.right > b.right : isCheaper(a, b)
  }

  /// Those no other dominates, cheapest first; of equals the one with the fewest changes.
  ///
  /// O(n log n).
  package static func frontier(_ all: [Self]) -> [Self] {
    var frontier: [Self] = []
    for score in all.sorted(by: isCheaper) where score.right > (frontier.last?.right ?? -1) {
      frontier.append(score)
    }
    return frontier
  }
}

/// Which questions choose a setting, and which judge it.
package struct HeldOutSplit: Hashable, Sendable {
  package let choosing: [Int]
  package let judging: [Int]

  /// Halves of the questions, drawn by the seed; the odd one judges.
  package init(_ questions: [Int], seed: UInt64) {
    var order = questions
    var dice = Dice(seed: seed)
    for index in order.indices.dropFirst().reversed() {
      order.swapAt(index, dice.below(index + 1))
    }
    choosing = order.prefix(order.count / 2).sorted()
    judging = order.dropFirst(order.count / 2).sorted()
  }
}

/// Whether a change may be recommended by the questions that judge it.
package enum TuningVerdict: Hashable, Sendable {
  case recommended
  /// Too few questions to exclude a loss; so many would do if it went on like this, nil if none.
  case tooLittle(needed: Int?)
  /// It is not cheaper beyond chance, nor better.
  case noGain

  /// The rule: with 95 % confidence, at most `tolerance` of the questions are lost (those that only the
  /// old setting answers right), and either the cost falls or more are right, beyond chance (p < 0.05).
  ///
  /// Costs that are bounds show neither.
  package init(_ comparison: EntryComparison, tolerance: Double) {
    let sums = comparison.outcomes
    guard sums.total > 0, sums.lossAtMost <= tolerance else {
      self = .tooLittle(needed: Self.needed(sums, tolerance))
      return
    }
    let isBeyondChance = comparison.costFlips.map { $0.chance < 0.05 } ?? false
    let isCheaper =
      comparison.cost.map { $0.mean < 0 && isBeyondChance } ?? false
    let isBetter = sums.onlySecond > sums.onlyFirst && sums.chance < 0.05
    let costsMore =
      comparison.cost.map { $0.mean > 0 && isBeyondChance } ?? true
    self = isCheaper || (isBetter && !costsMore) ? .recommended : .noGain
  }

  /// The fewest questions, to the next ten, whose bound would stay within the tolerance if as many were
  /// lost of each hundred as now; nil beyond a million.
  private static func needed(_ sums: PairedOutcomes, _ tolerance: Double) -> Int? {
    let rate = sums.total > 0 ? Double(sums.onlyFirst) / Double(sums.total) : 0
    guard tolerance > 0, rate < tolerance else { return nil }
    return stride(from: 10, through: 1_000_000, by: 10).first { count in
      let lost = Int64((rate * Double(count)).rounded(.up))
      return BinomialBounds.chance(ofAtMost: lost, of: Int64(count), at: tolerance) <= 0.05
    }
  }
}
