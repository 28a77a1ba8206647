import PolicyUnits
import RoutingRuntime

/// Two ways of answering, question by question: only those that are decided in both.
package struct EntryComparison: Sendable {
  package let first: String
  package let second: String
  package let outcomes: PairedOutcomes
  /// Second less first, in millionths; nil without questions.
  package let score: MeanEstimate?
  package let scoreFlips: SignFlips
  /// Whether some answer is neither wholly right nor wholly wrong: without, a score says no more.
  package let hasScores: Bool
  /// Second less first, in nano-units, where both costs are known; nil without, and where one of them
  /// is but a bound: bounds are no costs, and their difference says nothing.
  package let cost: MeanEstimate?
  /// Nil where ``cost`` is.
  package let costFlips: SignFlips?
  /// Of the questions decided in both, those whose cost is but a bound.
  package let firstBounded: Int
  package let secondBounded: Int
  /// Ids that are right with the first only, in the order of the set.
  package let lost: [Int]
  package let won: [Int]

  package init(_ first: EvaluationEntry, _ second: EvaluationEntry, seed: UInt64) {
    self.first = first.name
    self.second = second.name
    var outcomes = PairedOutcomes()
    var scores: [Int64] = []
    var costs: [Int64] = []
    var (firstBounded, secondBounded) = (0, 0)
    var lost: [Int] = []
    var won: [Int] = []
    for (index, (one, other)) in zip(first.outcomes, second.outcomes).enumerated() {
      guard let a = one.grade, let b = other.grade else { continue }
      outcomes.add(first: a.isRight, second: b.isRight)
      if a.isRight, !b.isRight { lost.append(index) }
      if b.isRight, !a.isRight { won.append(index) }
      scores.append(b.score.millionths - a.score.millionths)
      firstBounded += one.cost.isBound ? 1 : 0
      secondBounded += other.cost.isBound ? 1 : 0
      if let a = one.cost.summable, let b = other.cost.summable { costs.append((b - a).nanos) }
    }
    self.outcomes = outcomes
    hasScores = scores.contains { !$0.isMultiple(of: 1_000_000) }
    self.lost = lost
    self.won = won
    score = MeanEstimate(scores, seed: seed)
    scoreFlips = SignFlips(scores, seed: seed)
    self.firstBounded = firstBounded
    self.secondBounded = secondBounded
    cost = firstBounded + secondBounded == 0 ? MeanEstimate(costs, seed: seed) : nil
    costFlips = cost.map { _ in SignFlips(costs, seed: seed) }
  }
}
