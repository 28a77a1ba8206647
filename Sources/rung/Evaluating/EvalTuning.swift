import PolicyCompiler
import PolicyGraph
import PolicySemantics
import PolicySyntax
import PolicyUnits
import RoutingEvaluation
import RoutingRuntime

/// Looks for better thresholds and a better order of one ladder, on half of the questions, and lets the
/// other half judge.
struct EvalTuning {
  let run: EvalRun
  let matrix: OutcomeMatrix
  let tolerance: Double
  private let arguments: RequestArguments

  /// Settings that are tried of one ladder at most, over all orders.
  static let mostSettings = 4_096
  /// Ladders of up to so many tiers are tried in every order; of longer ones neighbours change places.
  static let mostPermuted = 4

  init(_ run: EvalRun, _ matrix: OutcomeMatrix, tolerance: Double, _ arguments: RequestArguments) {
    self.run = run
    self.matrix = matrix
    self.tolerance = tolerance
    self.arguments = arguments
  }

  private var policy: EvalPolicy { run.policies[0] }

  /// One result for each ladder questions come to.
  func results() throws(CommandFailure) -> [TuningResult] {
    try MatrixFile.check(matrix, run.policies)
    var results: [TuningResult] = []
    for (index, ladder) in policy.policy.ladders.enumerated() {
      guard let edit = LadderEdit(ladder.name, in: policy.compilation) else { continue }
      let own = try trial(policy, LadderID(index))
      guard own.reaching.count > 1 else { continue }
      results.append(try tune(edit, own, ladder))
    }
    guard !results.isEmpty else {
      throw CommandFailure(
        "no question comes to a ladder of `\(policy.path)`: there is nothing to tune",
        exit: .findings)
    }
    return results
  }

  private func trial(_ policy: EvalPolicy, _ ladder: LadderID) throws(CommandFailure) -> LadderTrial
  {
    let trial = policy.trial(matrix, run.grading)
    let inputs = try policy.inputs(run.gold)
    return LadderTrial(
      trial, ladder, zip(run.gold.items, inputs).map { trial.prepare($0, $1) })
  }

  /// One order of the models, with what is tried of it.
  private struct Ordered {
    let order: [Int]
    let tried: TriedLadder

    var grid: SettingGrid { tried.grid }
  }

  private func tune(
    _ edit: LadderEdit, _ own: LadderTrial, _ ladder: CheckedLadder
  ) throws(CommandFailure) -> TuningResult {
    let split = HeldOutSplit(own.reaching, seed: run.seed)
    let orders = Self.orders(ladder.tiers.count)
    var ordered: [Ordered] = []
    var refused = 0
    for order in orders {
      guard let trial = try trial(edit, order, ladder, own) else {
        refused += 1
        continue
      }
      let grid = grid(ladder, trial, split.choosing, orders: orders.count)
      ordered.append(Ordered(order: order, tried: TriedLadder(trial, grid)))
    }
    guard let first = ordered.first else { throw unscored(.missing, ladder, split) }
    let written: SettingScore
    switch score(0, first, first.grid.own, split.choosing, against: []) {
    case .success(let score): written = score
    case .failure(let reason): throw unscored(reason, ladder, split)
    }
    let right = Set(
      split.choosing.filter {
        first.tried.outcome(of: $0, at: first.grid.own)?.grade?.isRight == true
      })
    var scores: [[Int: SettingScore]] = []
    var (tried, missing, bounded) = (0, 0, 0)
    for (index, one) in ordered.enumerated() {
      var found: [Int: SettingScore] = [:]
      for number in 0..<one.grid.count {
        tried += 1
        switch score(index, one, one.grid[number], split.choosing, against: right) {
        case .success(let score): found[number] = score
        case .failure(.missing): missing += 1
        case .failure(.bounded): bounded += 1
        }
      }
      scores.append(found)
    }
    let all = scores.flatMap(\.values)
    let frontier = SettingScore.frontier(all)
    let choice = choice(written, scores, ordered)
    var words: [SettingScore: String] = [:]
    let better = all.filter { $0.dominates(written) }.min(by: SettingScore.isCheaper)
    for score in frontier + [written] + [better, choice].compactMap(\.self) {
      words[score] = self.words(score, ordered, edit, ladder)
    }
    let proposal = try choice.map { score throws(CommandFailure) in
      try propose(score, ordered, split, edit, ladder)
    }
    return TuningResult(
      ladder: ladder.name, path: policy.path, split: split, seed: run.seed, tolerance: tolerance,
      tried: tried, missing: missing, bounded: bounded, orders: ordered.count,
      allOrders: Self.orders(of: ladder.tiers.count), refused: refused,
      axes: first.grid.axes, own: written, frontier: frontier,
      dominated: all.count { one in frontier.contains { $0.dominates(one) } }, better: better,
      words: words, proposal: proposal)
  }

  // MARK: - What is tried

  /// How many orders so many models have; nil where no number of this machine holds it.
  private static func orders(of models: Int) -> Int? {
    (1...max(1, models)).reduce(1) { (product: Int?, next) in
      guard let (orders, overflow) = product?.multipliedReportingOverflow(by: next), !overflow
      else { return nil }
      return orders
    }
  }

  /// The written order first.
  static func orders(_ count: Int) -> [[Int]] {
    let written = Array(0..<count)
    guard count <= mostPermuted else {
      return [written]
        + (1..<count).map { place in
          var order = written
          order.swapAt(place - 1, place)
          return order
        }
    }
    var orders: [[Int]] = [[]]
    for tier in written {
      orders = orders.flatMap { order in
        (0...order.count).map { place in
          var longer = order
          longer.insert(tier, at: place)
          return longer
        }
      }
    }
    return [written] + orders.filter { $0 != written }
  }

  /// The policy with its models in this order, through the checker; nil if it refuses.
  private func trial(
    _ edit: LadderEdit, _ order: [Int], _ ladder: CheckedLadder, _ own: LadderTrial
  ) throws(CommandFailure) -> LadderTrial? {
    if order == Array(order.indices) { return own }
    let nothing = ladder.tiers.map { $0.accepts.map { _ in Score?.none } }
    let bytes = edit.bytes(order: order, thresholds: nothing)
    let compilation = try PolicyCompilation(policy.compilation.path, edited: [edit.path: bytes])
    guard compilation.compiled != nil else { return nil }
    let other = try EvalPolicy(compilation, arguments)
    guard let index = other.policy.ladders.firstIndex(where: { $0.name == ladder.name }) else {
      return nil
    }
    return try trial(other, LadderID(index))
  }

  private func grid(
    _ ladder: CheckedLadder, _ trial: LadderTrial, _ questions: [Int], orders: Int
  ) -> SettingGrid {
    let places = ladder.tiers.enumerated().flatMap { tier, written in
      written.accepts.enumerated().compactMap { pass, written in
        written.threshold.map { (tier, pass, $0) }
      }
    }
    let sizes = SettingGrid.sizes(places.count, room: max(1, Self.mostSettings / orders))
    return SettingGrid(
      zip(places, sizes).map { place, most in
        let (tier, pass, threshold) = place
        let isFalling = threshold.comparison == .lessOrEqual || threshold.comparison == .less
        return SettingGrid.axis(
          tier: tier, pass: pass,
          scores: trial.scores(tier: tier, pass: pass, of: questions), own: threshold.score,
          isFalling: isFalling, most: most)
      })
  }

  /// Why a setting cannot stand beside others.
  private enum Unscored: Error {
    /// A question is not decided, or its cost is not known.
    case missing
    /// So many questions cost at most so much: less than another's bound is not less.
    case bounded(Int)
  }

  private func unscored(
    _ reason: Unscored, _ ladder: CheckedLadder, _ split: HeldOutSplit
  ) -> CommandFailure {
    switch reason {
    case .missing:
      CommandFailure(
        "`\(ladder.name)` as it is cannot be decided or priced on every question: `rung eval` without "
          + "--tune names them", exit: .findings)
    case .bounded(let count):
      CommandFailure(
        "`\(ladder.name)` as it is has costs that are bounds, on \(count) of the "
          + "\(Amounts.count(split.choosing.count, "question")) that choose: rows without token counts, or with tokens that have no price, "
          + "say at most what a call cost, and nothing is known to be cheaper than that",
        exit: .findings)
    }
  }

  /// `own` are the questions that the policy's own setting answers right.
  private func score(
    _ index: Int, _ one: Ordered, _ places: [Int], _ questions: [Int], against own: Set<Int>
  ) -> Result<SettingScore, Unscored> {
    var (right, lost, bounded) = (0, 0, 0)
    var cost: Int128 = 0
    for question in questions {
      guard let outcome = one.tried.outcome(of: question, at: places),
        let grade = outcome.grade, let money = outcome.cost.summable
      else { return .failure(.missing) }
      bounded += outcome.cost.isBound ? 1 : 0
      right += grade.isRight ? 1 : 0
      lost += !grade.isRight && own.contains(question) ? 1 : 0
      cost += Int128(money.nanos)
    }
    guard bounded == 0 else { return .failure(.bounded(bounded)) }
    let moved = one.order.enumerated().count { $0.offset != $0.element }
    let turned = zip(places, one.grid.own).count { $0 != $1 }
    return .success(
      SettingScore(
        order: index, places: places, right: right, lost: lost, cost: cost,
        changes: moved + turned))
  }

  // MARK: - What is chosen

  /// The cheapest that loses no question of those that choose, with a step to spare on every
  /// threshold if there is one; else the best that costs no more.
  ///
  /// Nil if the written one is.
  private func choice(
    _ written: SettingScore, _ scores: [[Int: SettingScore]], _ ordered: [Ordered]
  ) -> SettingScore? {
    let lossless = scores.flatMap(\.values)
      .filter { $0.lost == 0 && $0.cost < written.cost }
    let spared = lossless.filter { score in
      ordered[score.order].grid.laxer(than: score.places).allSatisfy { number in
        scores[score.order][number].map { $0.lost == 0 } ?? false
      }
    }
    if let cheapest = (spared.isEmpty ? lossless : spared).min(by: SettingScore.isCheaper) {
      return cheapest
    }
    return scores.flatMap(\.values)
      .filter { $0.right > written.right && $0.cost <= written.cost }
      .min(by: SettingScore.isBetter)
  }

  /// The change as a text, compiled, and judged on the questions that had no say.
  private func propose(
    _ score: SettingScore, _ ordered: [Ordered], _ split: HeldOutSplit, _ edit: LadderEdit,
    _ ladder: CheckedLadder
  ) throws(CommandFailure) -> TuningResult.Proposal {
    let one = ordered[score.order]
    let bytes = edit.bytes(order: one.order, thresholds: thresholds(score, one, ladder))
    let compilation = try PolicyCompilation(policy.compilation.path, edited: [edit.path: bytes])
    guard compilation.compiled != nil else {
      throw CommandFailure(
        "the change would not compile: \(compilation.firstError)", exit: .couldNotRun)
    }
    let changed = try EvalPolicy(compilation, arguments)
    let comparison = EntryComparison(
      try entry("as it is", policy, split.judging), try entry("changed", changed, split.judging),
      seed: run.seed)
    return TuningResult.Proposal(
      setting: score, comparison: comparison,
      verdict: TuningVerdict(comparison, tolerance: tolerance),
      diff: UnifiedDiff.text(
        edit.original, String(decoding: bytes, as: UTF8.self), path: edit.path))
  }

  private func entry(
    _ name: String, _ policy: EvalPolicy, _ questions: [Int]
  ) throws(CommandFailure) -> EvaluationEntry {
    let trial = policy.trial(matrix, run.grading)
    let inputs = try policy.inputs(run.gold)
    return EvaluationEntry(
      name, .policy, questions.map { trial.outcome(of: run.gold.items[$0], inputs[$0]) })
  }

  /// Nil where a threshold stays.
  private func thresholds(
    _ score: SettingScore, _ one: Ordered, _ ladder: CheckedLadder
  ) -> [[Score?]] {
    var thresholds = ladder.tiers.map { $0.accepts.map { _ in Score?.none } }
    for (axis, place) in zip(one.grid.axes, score.places) where place != axis.own {
      thresholds[axis.tier][axis.pass] = axis.values[place]
    }
    return thresholds
  }

  private func words(
    _ score: SettingScore, _ ordered: [Ordered], _ edit: LadderEdit, _ ladder: CheckedLadder
  ) -> String {
    let one = ordered[score.order]
    var parts: [String] = []
    for (tier, from) in one.order.enumerated() {
      var words = edit.models[from]
      for (axis, place) in zip(one.grid.axes, score.places) where axis.tier == tier {
        let pass = ladder.tiers[tier].accepts[axis.pass]
        let name = policy.policy[pass.gate].name
        words += " \(name) \(Self.sign(pass)) \(Amounts.text(axis.values[place]))"
      }
      parts.append(words)
    }
    return parts.joined(separator: " → ")
  }

  private static func sign(_ pass: CheckedLadder.Pass) -> String {
    pass.threshold?.comparison.rawValue ?? ""
  }
}
