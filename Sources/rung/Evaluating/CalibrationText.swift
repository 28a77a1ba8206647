import PolicyExplain
import PolicySemantics
import PolicyUnits
import RoutingEvaluation

/// What came of calibrating one gate.
struct CalibrationResult {
  let calibration: GateCalibration
  let policy: CheckedPolicy
  let path: String
  /// Where the answers and their grades are from.
  let source: String
  /// Answers of which nothing says whether they are right.
  let ungraded: Int
  /// Questions that are not decided.
  let undecided: Int
  /// Rejected answers are not known to be right or wrong.
  let onlyAccepted: Bool

  var gate: CheckedGate { policy[calibration.gate] }
}

/// A calibration for a terminal.
struct CalibrationText {
  let result: CalibrationResult
  let style: Style

  var text: String {
    var lines = [
      "policy     \(result.path)",
      "gate       \(result.gate.name), as it is: \(result.policy.fingerprint(of: result.calibration.gate))",
      "answers    \(result.source)",
    ]
    if result.undecided > 0 {
      lines.append(
        "open       \(Amounts.count(result.undecided, "question")) not decided: what gates said of "
          + "them counts as far as it is recorded")
    }
    if result.ungraded > 0 {
      lines.append(
        "left out   \(Amounts.count(result.ungraded, "answer")) that nothing calls right or wrong")
    }
    for tier in result.calibration.tiers { lines += [""] + table(tier) }
    lines += [
      "",
      "`at least` is the share of right answers among the accepted that is still believable, at 95 %,",
      "of one side. Only answers that reached the gate count, by the policy as it is.",
    ]
    if result.onlyAccepted {
      lines.append(
        "Nobody rates an answer that was rejected: lower thresholds cannot be judged here.")
    }
    return lines.joined(separator: "\n")
  }

  private func table(_ tier: GateCalibration.Tier) -> [String] {
    let place = tier.place
    var head = "\(place.ladder), tier \(place.tier): \(place.model)"
    head += ", asked about \(Amounts.count(tier.asked, "answer"))"
    if tier.failed > 0 { head += ", could not tell of \(tier.failed)" }
    guard tier.asked > 0 else { return [style.bold(head)] }
    var columns = Columns([.left, .right, .right, .right, .right, .left])
    columns.add(["threshold", "accepted", "of asked", "right", "at least", ""])
    let rows = tier.rows.isEmpty ? [tier.written] : tier.rows
    for row in rows {
      columns.add([
        row.threshold.map { Amounts.text($0) } ?? "–", Amounts.grouped(Int64(row.accepted.total)),
        ReplayWords.percent(Int64(row.accepted.total), of: Int64(tier.asked)),
        EvalWords.rate(row.accepted),
        row.accepted.total > 0 ? EvalWords.atLeast(row.accepted) : "",
        row.threshold == tier.threshold?.score ? "the policy's" : "",
      ])
    }
    var lines = [style.bold(head)] + columns.lines
    if tier.distinct >= tier.rows.count, tier.distinct > GateCalibration.shown {
      lines.append("  \(tier.rows.count) of \(tier.distinct) thresholds at which something changes")
    }
    return lines
  }
}
