import ContextCompression
import JSONWriting
import LedgerExchange
import PolicyUnits
import RoutingEvaluation

/// What was known of a shorter prompt when it was accepted; it lies beside it as JSON.
///
/// `rung check` holds the file a policy names against `accepted.fingerprint`.
struct PromptPin {
  let original: String
  let accepted: String
  let prompts: PromptPair
  let model: String
  let tokens: (before: Int64, after: Int64)
  let by: String
  let trial: PromptTrial?
  let date: CalendarDate?

  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("version", 1)
      if let date { json.member("date", ISOTime.text(date)) }
      json.member("by", by)
      json.object("original") { json in
        json.member("file", original)
        json.member("fingerprint", PromptPair.fingerprint(prompts.original))
        json.member("tokens", tokens.before)
      }
      json.object("accepted") { json in
        json.member("file", accepted)
        json.member("fingerprint", PromptPair.fingerprint(prompts.shorter))
        json.member("tokens", tokens.after)
      }
      json.member("tokens_by", model)
      let loss = prompts.loss
      json.member("lost", loss.lost.count)
      json.member("new", loss.added.count)
      if let trial { trial.write(to: &json) }
    }
    return json.text + "\n"
  }
}

extension PromptTrial {
  func write(to json: inout JSONWriter) {
    json.object("gold") { json in
      json.member("file", gold.path)
      json.member("requests", outcomes.total)
      json.member("both", outcomes.both)
      json.member("only_original", outcomes.onlyFirst)
      json.member("only_shorter", outcomes.onlySecond)
      json.member("neither", outcomes.neither)
      json.member("mcnemar_p", PromptReport.figure(outcomes.chance, places: 4))
      json.member("lost_at_most_95", PromptReport.figure(outcomes.lossAtMost, places: 4))
    }
  }
}
