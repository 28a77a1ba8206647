package import PolicySemantics
import PolicySyntax
package import PolicyUnits
import RoutingGates
import RoutingRuntime

/// One ladder of one policy over the questions that come to it, with other thresholds than are written.
///
/// What is decided of a question does not change with a threshold, so it is decided once.
package struct LadderTrial: Sendable {
  private let trial: MatrixTrial
  private let ladder: LadderID
  /// By the question's place in the set.
  private let prepared: [Int: MatrixTrial.Prepared]
  /// Questions that do not come to the ladder, or end before it.
  private let others: [Int: QuestionOutcome]

  /// `questions` are in the order of the set.
  package init(
    _ trial: MatrixTrial, _ ladder: LadderID,
    _ questions: [Result<MatrixTrial.Prepared, MatrixTrial.PreparedEnding>]
  ) {
    self.trial = trial
    self.ladder = ladder
    var prepared: [Int: MatrixTrial.Prepared] = [:]
    var others: [Int: QuestionOutcome] = [:]
    for (index, question) in questions.enumerated() {
      switch question {
      case .success(let ready):
        if ready.decision.plan.legs.contains(where: { $0.ladder == ladder }) {
          prepared[index] = ready
        } else {
          others[index] = trial.outcome(of: ready)
        }
      case .failure(let ending): others[index] = ending.outcome
      }
    }
    self.prepared = prepared
    self.others = others
  }

  /// Questions that come to the ladder, in the order of the set.
  package var reaching: [Int] { prepared.keys.sorted() }

  /// What gates said of these questions at one place of the ladder, whether or not it was reached.
  package func scores(tier: Int, pass: Int, of questions: some Sequence<Int>) -> Set<Score> {
    let written = trial.decider.frozen.policy[ladder].tiers[tier]
    let model = trial.name(of: written.model)
    var scores: Set<Score> = []
    for index in questions {
      guard let question = prepared[index],
        let result = trial.reading(written.accepts[pass].gate, question, of: model),
        case .score(let score) = result
      else { continue }
      scores.insert(score)
    }
    return scores
  }

  /// How a question ends with these thresholds in the places of the grid; nil outside the set.
  func outcome(of index: Int, at places: [Int], of grid: SettingGrid) -> QuestionOutcome? {
    guard var question = prepared[index] else { return others[index] }
    for (leg, planned) in question.decision.plan.legs.enumerated() where planned.ladder == ladder {
      for (axis, place) in zip(grid.axes, places) {
        guard let steps = question.climb?.legs[leg].steps, steps.indices.contains(axis.tier),
          let written = steps[axis.tier].accepts[axis.pass].threshold
        else { continue }
        question.climb?.legs[leg].steps[axis.tier].accepts[axis.pass].threshold =
          CheckedLadder.Threshold(comparison: written.comparison, score: axis.values[place])
      }
    }
    return trial.outcome(of: question)
  }

  /// What the gate of an axis says of a question's answer there; nil if that is no score.
  func score(of index: Int, on axis: SettingGrid.Axis) -> Score? {
    let written = trial.decider.frozen.policy[ladder].tiers[axis.tier]
    guard let question = prepared[index],
      case .score(let score) = trial.reading(
        written.accepts[axis.pass].gate, question, of: trial.name(of: written.model))
    else { return nil }
    return score
  }

  func comparison(on axis: SettingGrid.Axis) -> Comparison {
    trial.decider.frozen.policy[ladder].tiers[axis.tier].accepts[axis.pass].threshold?.comparison
      ?? .greaterOrEqual
  }
}

/// The settings of one order of a ladder, each question climbed once for each way its scores can fall.
///
/// A threshold only matters by whether the score passes it: with n thresholds a question has 2^n ends at
/// most, however many settings there are.
package final class TriedLadder {
  package let grid: SettingGrid
  private let trial: LadderTrial
  private var scores: [Int: [Score?]] = [:]
  private var ends: [Int: [UInt64: QuestionOutcome]] = [:]

  package init(_ trial: LadderTrial, _ grid: SettingGrid) {
    self.trial = trial
    self.grid = grid
  }

  /// Nil outside the set.
  package func outcome(of index: Int, at places: [Int]) -> QuestionOutcome? {
    let scores = self.scores(of: index)
    var key: UInt64 = 0
    for (number, axis) in grid.axes.enumerated() {
      guard let score = scores[number] else { continue }
      let limit = axis.values[places[number]]
      if trial.comparison(on: axis).holds(score.millionths, limit.millionths) {
        key |= 1 << UInt64(number)
      }
    }
    if let known = ends[index]?[key] { return known }
    let outcome = trial.outcome(of: index, at: places, of: grid)
    ends[index, default: [:]][key] = outcome
    return outcome
  }

  private func scores(of index: Int) -> [Score?] {
    if let known = scores[index] { return known }
    let read = grid.axes.map { trial.score(of: index, on: $0) }
    scores[index] = read
    return read
  }
}

extension MatrixTrial {
  /// What a gate says of a model's answer, wherever it stands; nil if that is not recorded.
  func reading(_ gate: GateID, _ prepared: Prepared, of model: String) -> GateResult? {
    guard let cell = self[prepared.item, model], cell.failure == nil else { return nil }
    return gates.read(gate, cell, Self.facts(of: cell), prepared.request)?.result
  }
}
