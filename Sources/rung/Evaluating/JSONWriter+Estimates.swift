import JSONWriting
import RoutingEvaluation

/// Figures of an evaluation with their intervals, as every report of `rung eval` writes them: shares in
/// millionths, means in what they count, null where nothing is known.
extension JSONWriter {
  /// Both ends of a share's interval; null without a case.
  mutating func interval(_ name: String, _ rate: RateEstimate) {
    let range = rate.total > 0 ? rate.interval : nil
    member("\(name)_low_millionths", orNull: range?.lowerBound.millionths)
    member("\(name)_high_millionths", orNull: range?.upperBound.millionths)
  }

  mutating func mean(_ name: String, _ mean: MeanEstimate?) {
    object(name) { json in
      json.member("mean", orNull: mean?.mean.whole)
      json.member("low", orNull: mean?.interval.lowerBound.whole)
      json.member("high", orNull: mean?.interval.upperBound.whole)
    }
  }

  mutating func quantile(_ name: String, _ quantile: QuantileEstimate?) {
    object(name) { json in
      json.member("value", orNull: quantile?.value)
      json.member("low", orNull: quantile?.interval.lowerBound)
      json.member("high", orNull: quantile?.interval.upperBound)
    }
  }

  /// An element: one way of answering beside another, with the questions lost and won by their ids.
  mutating func comparison(_ comparison: EntryComparison, of gold: GoldSet) {
    let sums = comparison.outcomes
    object { json in
      json.member("first", comparison.first)
      json.member("second", comparison.second)
      json.member("both", sums.both)
      json.member("only_first", sums.onlyFirst)
      json.member("only_second", sums.onlySecond)
      json.member("neither", sums.neither)
      json.member("mcnemar_p_millionths", sums.chance.millionths)
      json.member("lost_at_most_millionths", sums.lossAtMost.millionths)
      json.mean("score_difference", comparison.score)
      json.member("score_p_millionths", comparison.scoreFlips.chance.millionths)
      json.mean("cost_difference", comparison.cost)
      json.member("cost_p_millionths", orNull: comparison.costFlips?.chance.millionths)
      json.member("first_costs_at_bound", comparison.firstBounded)
      json.member("second_costs_at_bound", comparison.secondBounded)
      for (name, questions) in [("lost", comparison.lost), ("won", comparison.won)] {
        json.array(name) { json in
          for index in questions { json.string(gold.items[index].id) }
        }
      }
    }
  }
}

extension Double {
  var millionths: Int64 { Int64((self * 1e6).rounded()) }

  /// Nil if no whole number of 64 bits is nearest.
  var whole: Int64? { Int64(exactly: rounded()) }
}
