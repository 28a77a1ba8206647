import JSONWriting
import OpenAIWire
import PolicyExplain
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService

extension RunReport {
  /// One JSON object on one line: the explanation, the attempts, the answer, the total.
  ///
  /// `{"version":1,"request":…,"id":…,"row":…,"user":…,"repeated":…,"served":…,"ending":…,
  /// "answer":…,"attempts":[…],"cost":…,"cost_is":"exact"|"at_most"|"unknown","similar":…,"overrun":…,
  /// "climbs":…,"milliseconds":…,"explanation":{…}}`. `id` and `row` are its name and its place in
  /// the ledger. `overrun` is true if a provider billed more than its call was allowed under a
  /// budget; `overbilled` names the attempt, with a budget or without.
  func json(of row: RunRow) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", 1)
      json.member("request", row.name)
      json.member("id", orNull: row.row)
      json.member("row", orNull: row.outcome?.row?.sequence)
      json.member("user", orNull: row.user)
      json.member("repeated", row.isRepeated)
      json.member("served", row.isServed)
      json.member("ending", words.ending(of: row))
      json.member("answer", orNull: row.answer?.text)
      json.member("finish", orNull: row.answer?.finish?.word)
      json.array("tool_calls") { json in
        for call in row.answer?.toolCalls ?? [] {
          json.object { json in
            json.member("id", orNull: call.id)
            json.member("name", call.name)
            json.member("arguments", call.arguments)
          }
        }
      }
      json.array("attempts") { json in
        guard let record = row.record, let plan = row.decision?.plan else { return }
        for index in record.outcome.attempts.indices { attempt(index, record, plan, to: &json) }
      }
      cost(row.record?.outcome.cost ?? row.hit?.spent ?? .nothing, to: &json)
      json.key("similar")
      similar(row.outcome?.similar, to: &json)
      json.member("overrun", row.record?.outcome.isOverrun ?? false)
      json.member("climbs", row.record?.outcome.climbs ?? 0)
      json.member("milliseconds", row.record?.elapsed.count ?? 0)
      json.key("explanation")
      if let explanation = row.explanation {
        ExplanationJSON.write(explanation, to: &json)
      } else {
        json.null()
      }
    }
    return json.text
  }

  private func similar(_ look: SimilarLook?, to json: inout JSONWriter) {
    guard let look else { return json.null() }
    json.object { json in
      json.member("result", look.result.rawValue)
      json.member("encoder", look.encoder)
      json.key("threshold")
      json.number(millionths: look.threshold.millionths)
      if let near = look.nearest {
        json.key("similarity")
        json.number(millionths: near.similarity.millionths)
        json.member("to_request", near.request.description)
      }
      json.member("stopped_by", orNull: look.stopped)
    }
  }

  private func attempt(
    _ index: Int, _ record: RunRecord, _ plan: Plan, to json: inout JSONWriter
  ) {
    let attempt = record.outcome.attempts[index]
    let call = record.call(ofAttempt: index)
    json.object { json in
      json.member("step", words.step(attempt, plan, record, index))
      json.member("attempt", attempt.attempt)
      json.member("verdict", words.verdict(attempt, call))
      json.member("provider", orNull: call?.provider)
      json.member("status", orNull: call?.status)
      json.member("max_output", orNull: attempt.maxOutput)
      json.member("input_tokens", orNull: call?.usage?.prompt)
      json.member("output_tokens", orNull: call?.usage?.completion)
      json.member("usage_problem", orNull: call?.usageProblem)
      cost(attempt.cost, to: &json)
      json.member("reserved", orNull: attempt.reserved.map(Amounts.plain))
      json.member("overbilled", attempt.isOverbilled)
      json.member("milliseconds", attempt.latency.count)
    }
  }

  private func cost(_ cost: CallCost, to json: inout JSONWriter) {
    json.member("cost", orNull: cost.money.map(Amounts.plain))
    switch cost {
    case .exact: json.member("cost_is", "exact")
    case .atMost: json.member("cost_is", "at_most")
    case .unknown: json.member("cost_is", "unknown")
    }
  }
}
