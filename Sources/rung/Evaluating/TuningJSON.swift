import JSONWriting
import PolicyUnits
import RoutingEvaluation

/// What came of tuning, for machines: `rung.tune/1`.
///
/// Costs are nano-units, of all questions that choose together; shares are millionths.
enum TuningJSON {
  static func text(_ results: [TuningResult], _ run: EvalRun) -> String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("format", "rung.tune/1")
      json.member("gold", run.gold.path)
      json.member("currency", run.currency)
      json.member("seed", String(run.seed))
      json.array("ladders") { json in
        for result in results { json.object { json in write(result, run.gold, to: &json) } }
      }
    }
    return json.text
  }

  private static func write(
    _ result: TuningResult, _ gold: GoldSet, to json: inout JSONWriter
  ) {
    json.member("ladder", result.ladder)
    json.member("policy", result.path)
    json.member("choosing", result.split.choosing.count)
    json.member("judging", result.split.judging.count)
    json.member("tolerance_millionths", result.tolerance.millionths)
    json.member("settings", result.tried)
    json.member("set_aside", result.missing + result.bounded)
    json.member("set_aside_at_bound", result.bounded)
    json.member("orders", result.orders)
    json.member("all_orders", orNull: result.allOrders)
    json.member("orders_refused", result.refused)
    json.array("thresholds") { json in
      for axis in result.axes {
        json.object { json in
          json.member("tier", axis.tier + 1)
          json.member("gate", axis.pass + 1)
          json.member("tried", axis.values.count)
          json.member("distinct", axis.distinct)
        }
      }
    }
    json.key("own")
    write(result.own, result, to: &json)
    json.member("dominated", result.dominated)
    json.key("own_dominated_by")
    write(result.better, result, to: &json)
    json.array("frontier") { json in
      for score in result.frontier { write(score, result, to: &json) }
    }
    json.key("proposal")
    guard let proposal = result.proposal else {
      json.null()
      return
    }
    json.object { json in
      json.member("verdict", proposal.verdict.word)
      json.member(
        "more_questions",
        orNull: proposal.verdict.moreQuestions(judging: result.split.judging.count))
      json.key("setting")
      write(proposal.setting, result, to: &json)
      json.key("comparison")
      json.comparison(proposal.comparison, of: gold)
      json.member("diff", proposal.diff)
    }
  }

  private static func write(
    _ score: SettingScore?, _ result: TuningResult, to json: inout JSONWriter
  ) {
    guard let score else {
      json.null()
      return
    }
    json.object { json in
      json.member("setting", orNull: result.words[score])
      json.member("right", score.right)
      json.member("lost", score.lost)
      json.member("cost_nanos", score.cost)
    }
  }
}

extension TuningVerdict {
  fileprivate var word: String {
    switch self {
    case .recommended: "recommended"
    case .tooLittle: "too_little"
    case .noGain: "no_gain"
    }
  }
}
