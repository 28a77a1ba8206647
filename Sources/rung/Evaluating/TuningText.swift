import PolicyExplain
import PolicyUnits
import RoutingEvaluation

/// What came of tuning, for a terminal.
struct TuningText {
  let result: TuningResult
  let words: EvalWords
  let style: Style

  private static let shown = 8

  var text: String {
    var lines = [style.bold("Ladder \(result.ladder)")]
    let choosing = result.split.choosing.count
    lines.append(
      "  questions  \(choosing) choose, \(result.split.judging.count) judge and have no say before "
        + "(halves by seed \(result.seed))")
    lines.append("  settings   \(Amounts.grouped(Int64(result.tried))) tried: \(range)")
    if result.missing > 0 {
      lines.append(
        "  set aside  \(Amounts.grouped(Int64(result.missing))) that ask for a row or a price which "
          + "is not there")
    }
    if result.bounded > 0 {
      lines.append(
        "  set aside  \(Amounts.grouped(Int64(result.bounded))) whose cost is a bound, for rows "
          + "without token counts or a price: what may cost less is not compared")
    }
    lines.append(
      "  dominated  \(Amounts.grouped(Int64(result.dominated))) by another that is as good for less, or "
        + "better for no more")
    lines.append(better)
    lines += ["", "  On the \(choosing) questions that choose, nothing dominates:"]
    var columns = Columns([.right, .right, .left], indent: 4)
    let shown = shownOfFrontier
    for score in shown + (isDominated ? [result.own] : []) {
      columns.add([
        ReplayWords.percent(Int64(score.right), of: Int64(choosing)),
        words.money(Double(score.cost) / Double(choosing)) + " each",
        (result.words[score] ?? "")
          + (score == result.own && !isDominated ? "   (the policy's own)" : ""),
      ])
    }
    lines += columns.lines.prefix(shown.count)
    if result.frontier.count > shown.count {
      lines.append("    and \(result.frontier.count - shown.count) more between")
    }
    if isDominated { lines += ["  As it is, which is dominated:"] + columns.lines.suffix(1) }
    return (lines + [""] + verdict).joined(separator: "\n")
  }

  private var range: String {
    let orders =
      result.orders == result.allOrders
      ? "every order of the models"
      : result.allOrders.map { "\(result.orders) of \($0) orders of the models" }
        ?? "\(result.orders) orders of the models, of more than can be counted"
    let refused = result.refused > 0 ? " (\(result.refused) do not compile)" : ""
    let axes = result.axes.map { axis in
      axis.values.count > axis.distinct
        ? "\(axis.distinct)" : "\(axis.values.count) of \(axis.distinct)"
    }
    guard !axes.isEmpty else { return orders + refused }
    return orders + refused + "; thresholds where an outcome changes: "
      + axes.joined(separator: " × ")
  }

  private var better: String {
    guard let better = result.better, let words = result.words[better] else {
      return "  the policy's own setting is not dominated"
    }
    return "  the policy's own setting is dominated by \(words)"
  }

  private var isDominated: Bool { result.better != nil }

  /// Both ends and what lies evenly between; the policy's own too, where it stands.
  private var shownOfFrontier: [SettingScore] {
    let all = result.frontier
    guard all.count > Self.shown else { return all }
    let places = (0..<Self.shown).map { $0 * (all.count - 1) / (Self.shown - 1) }
    return all.indices.filter { places.contains($0) || all[$0] == result.own }.map { all[$0] }
  }

  private var verdict: [String] {
    guard let proposal = result.proposal else {
      return [
        style.bold("Nothing to change: ") + "no setting is as good for less, or better for no more"
      ]
    }
    let setting = result.words[proposal.setting] ?? ""
    let evidence = words.sentences(proposal.comparison).map { "  " + $0 }
    let judged = [
      "On the \(result.split.judging.count) questions that judge, as it is → \(setting):"
    ]
    let tolerance = EvalWords.percent(result.tolerance)
    switch proposal.verdict {
    case .recommended:
      return judged + evidence + [
        "",
        style.bold("Recommended: ") + "at most \(tolerance) of questions are lost, with 95 % "
          + "confidence, and it is cheaper or better beyond chance", "", proposal.diff,
      ]
    case .tooLittle:
      let cure =
        proposal.verdict.moreQuestions(judging: result.split.judging.count).map {
          "about \(Amounts.grouped(Int64($0))) more questions would, if it goes on like this"
        } ?? "no number of questions would, if it goes on like this"
      return judged + evidence + [
        "",
        style.bold("Not recommended: ") + "this cannot exclude that more than \(tolerance) of "
          + "questions are lost; \(cure)",
      ]
    case .noGain:
      return judged + evidence + [
        "",
        style.bold("Not recommended: ")
          + "where it had no say, it is neither cheaper nor better beyond "
          + "chance",
      ]
    }
  }
}
