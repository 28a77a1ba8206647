import PolicyUnits
import RoutingEvaluation

/// Figures of an evaluation in words, the same in every format.
struct EvalWords {
  let currency: String

  /// Nano-units to two digits that count.
  func money(_ nanos: Double) -> String {
    ShownMoney.text(Int128(nanos.rounded()), currency: currency)
  }

  func cost(_ summary: CostSummary) -> String {
    guard let mean = summary.mean else { return summary.unknown > 0 ? "unknown" : "–" }
    return (summary.bounded > 0 ? "≤ " : "") + money(mean.mean)
  }

  func costInterval(_ summary: CostSummary) -> String {
    guard let mean = summary.mean else {
      return summary.unknown > 0 ? "\(summary.unknown) without a price or tokens" : ""
    }
    return "\(money(mean.interval.lowerBound)) to \(money(mean.interval.upperBound))"
  }

  /// Why some costs are but bounds; of how many questions, where there are several reasons.
  static func gaps(_ summary: EvaluationSummary) -> String {
    guard summary.gaps.count > 1 else { return summary.gaps.first?.gap.words ?? "" }
    return summary.gaps.map { "\($0.gap.words) (\($0.questions))" }.joined(separator: "; ")
  }

  /// In tenths of a percent.
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    let sign = tenths < 0 ? "-" : ""
    return "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10) %"
  }

  /// Rounded down: a bound is never told as more.
  static func atLeast(_ rate: RateEstimate) -> String {
    let tenths = rate.atLeastMillionths / 1000
    return "\(tenths / 10).\(tenths % 10) %"
  }

  static func interval(_ interval: ClosedRange<Double>) -> String {
    "\(percent(interval.lowerBound).dropLast(2)) to \(percent(interval.upperBound))"
  }

  static func rate(_ rate: RateEstimate) -> String { rate.share.map(percent) ?? "–" }

  static func rateInterval(_ rate: RateEstimate) -> String {
    rate.total > 0 ? interval(rate.interval) : ""
  }

  /// A mean of millionths as `0.874`.
  static func score(_ millionths: Double) -> String {
    let thousandths = Int((millionths / 1000).rounded())
    let sign = thousandths < 0 ? "-" : ""
    let digits = String(abs(thousandths) % 1000)
    let zeros = String(repeating: "0", count: 3 - digits.count)
    return "\(sign)\(abs(thousandths) / 1000).\(zeros)\(digits)"
  }

  static func time(_ milliseconds: Int64) -> String {
    guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
    let tenths = (milliseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) s"
  }

  /// A chance is never told as smaller than it is.
  static func chance(_ value: Double) -> String {
    value < 0.0001 ? "p < 0.0001" : "p = \(PromptReport.figure(value, places: 4))"
  }

  /// What two ways of answering have in common, in one sentence each.
  func sentences(_ comparison: EntryComparison) -> [String] {
    let sums = comparison.outcomes
    guard sums.total > 0 else { return ["no question is decided in both"] }
    var lines = [
      "\(Amounts.count(sums.total, "question")) in both: \(sums.both) right with both, "
        + "\(sums.onlyFirst) with the first only, \(sums.onlySecond) with the second only, "
        + "\(sums.neither) with neither",
      "right or wrong: McNemar's exact \(Self.chance(sums.chance)); the second loses at most "
        + "\(Self.percent(sums.lossAtMost)) of such questions (95 %, one side)",
    ]
    if comparison.hasScores, let score = comparison.score {
      let low = Self.score(score.interval.lowerBound)
      let high = Self.score(score.interval.upperBound)
      lines.append(
        "score: \(Self.signed(Self.score(score.mean))), 95 % \(low) to \(high); "
          + "sign flips \(Self.chance(comparison.scoreFlips.chance))")
    }
    if let cost = comparison.cost, let flips = comparison.costFlips {
      lines.append(
        "cost a question: \(Self.signed(money(cost.mean))), 95 % "
          + "\(money(cost.interval.lowerBound)) to \(money(cost.interval.upperBound)); sign flips "
          + Self.chance(flips.chance))
    }
    let bounds = [
      (comparison.first, comparison.firstBounded), (comparison.second, comparison.secondBounded),
    ].filter { $0.1 > 0 }
    if !bounds.isEmpty {
      let sides = bounds.map { name, count in
        "costs of \(name) are bounds: \(Amounts.count(count, "question")) without token counts or a price"
      }
      lines.append("cost a question: not compared; " + sides.joined(separator: "; "))
    }
    return lines
  }

  private static func signed(_ figure: String) -> String {
    figure.hasPrefix("-") ? figure : "+" + figure
  }
}
