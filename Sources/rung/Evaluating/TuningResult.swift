import PolicyUnits
import RoutingEvaluation

/// What came of tuning one ladder.
struct TuningResult {
  let ladder: String
  let path: String
  let split: HeldOutSplit
  let seed: UInt64
  /// Of questions.
  let tolerance: Double
  /// Settings that were tried, those set aside because a row or a price was missing, and those whose
  /// cost is but a bound, for want of token counts.
  let tried: Int
  let missing: Int
  let bounded: Int
  /// Orders that were tried, and those there are; nil past what a number holds, from 21 models on.
  let orders: Int
  let allOrders: Int?
  /// Orders the checker refuses.
  let refused: Int
  /// Thresholds that were tried of those at which something changes, place by place.
  let axes: [SettingGrid.Axis]
  /// On the questions that choose: the policy's own, and those nothing dominates.
  let own: SettingScore
  let frontier: [SettingScore]
  /// How many of the tried ones another dominates, and the one that dominates the policy's own.
  let dominated: Int
  let better: SettingScore?
  /// In words, by the setting.
  let words: [SettingScore: String]
  /// Nil if nothing better was found.
  let proposal: Proposal?

  struct Proposal {
    let setting: SettingScore
    /// Old against new on the questions that judge.
    let comparison: EntryComparison
    let verdict: TuningVerdict
    /// The change of the file, checked and formatted.
    let diff: String
  }
}

extension TuningVerdict {
  /// How many more questions would do, as half of them judge; nil where none are missing or no number
  /// would.
  func moreQuestions(judging: Int) -> Int? {
    guard case .tooLittle(let needed?) = self else { return nil }
    return max(0, needed - judging) * 2
  }
}
