package import JSONWriting
import PolicyUnits
import RoutingRuntime

/// The explanation for machines: one JSON object, members always in this order.
///
/// `version` counts up when a member changes its meaning or goes away; new members may appear
/// without. Money is a decimal string in the catalog's currency, never a floating-point number; what
/// is unknown is `null` beside an `…_unknown` member with the reason.
///
/// ```
/// {"version":2, "request":…, "policy":{…}, "outcome":"route"|"refused"|"needs", "refusal":…,
///  "needs":…, "route":…, "task":…, "arm":…, "not_taken":[…], "calls":[…], "effects":[…],
///  "budgets":[…], "cost":{…}, "expected_basis":…}
/// ```
package enum ExplanationJSON {
  package static let version = 2

  package static func write(_ explanation: Explanation, to json: inout JSONWriter) {
    json.object { json in
      json.member("version", version)
      json.member("request", orNull: explanation.requestName)
      json.object("policy") { json in
        json.member("path", explanation.policyPath)
        json.member("fingerprint", explanation.policyFingerprint)
        json.member("catalog", explanation.catalogFingerprint)
        json.member("currency", explanation.currency)
      }
      outcome(explanation.outcome, to: &json)
      route(explanation.route, to: &json)
      task(explanation.task, to: &json)
      arm(explanation.arm, to: &json)
      json.array("not_taken") { json in
        for missed in explanation.missed { self.missed(missed, to: &json) }
      }
      json.array("calls") { json in
        for call in explanation.calls { self.call(call, to: &json) }
      }
      json.array("effects") { json in
        for effect in explanation.effects { self.effect(effect, to: &json) }
      }
      json.array("budgets") { json in
        for budget in explanation.budgets { self.budget(budget, to: &json) }
      }
      json.object("cost") { cost(explanation.cost, to: &$0) }
      json.member("expected_basis", orNull: explanation.expectedBasis)
    }
  }

  private static func outcome(_ outcome: Explanation.Outcome, to json: inout JSONWriter) {
    switch outcome {
    case .route:
      json.member("outcome", "route")
      json.member("refusal", orNull: String?.none)
      json.member("needs", orNull: String?.none)
    case .refused(let statement, let code):
      json.member("outcome", "refused")
      json.object("refusal") { json in
        json.member("by", code)
        json.member("text", statement.text)
        place(statement.place, to: &json)
      }
      json.member("needs", orNull: String?.none)
    case .needs(let classifier, let method, let branches):
      json.member("outcome", "needs")
      json.member("refusal", orNull: String?.none)
      json.object("needs") { json in
        json.member("classifier", classifier)
        json.member("method", method.text)
        place(method.place, to: &json)
        json.array("branches") { json in
          for branch in branches {
            json.object { json in
              json.member("label", branch.label)
              json.member("on_failure", branch.isFailureValue)
              json.key("explanation")
              write(branch.explanation, to: &json)
            }
          }
        }
      }
    }
  }

  private static func route(_ route: Explanation.RouteLine?, to json: inout JSONWriter) {
    guard let route else { return json.member("route", orNull: String?.none) }
    json.object("route") { json in
      json.member("name", route.name)
      place(route.place, to: &json)
      observations("why", route.why, to: &json)
    }
  }

  private static func task(_ task: Explanation.TaskLine?, to json: inout JSONWriter) {
    guard let task else { return json.member("task", orNull: String?.none) }
    json.object("task") { json in
      json.member("name", task.name)
      place(task.place, to: &json)
      observations("why", task.why, to: &json)
    }
  }

  private static func arm(_ arm: Explanation.ArmLine?, to json: inout JSONWriter) {
    guard let arm else { return json.member("arm", orNull: String?.none) }
    json.object("arm") { json in
      json.member("name", arm.name)
      json.member("share", Amounts.text(arm.share))
      json.member("text", arm.text)
      place(arm.place, to: &json)
    }
  }

  private static func missed(_ missed: Explanation.MissedRoute, to json: inout JSONWriter) {
    json.object { json in
      json.member("route", missed.name)
      place(missed.place, to: &json)
      json.member("distance", missed.distance)
      json.key("first_failing")
      observation(missed.failed, to: &json)
    }
  }

  private static func call(_ call: Explanation.CallLine, to json: inout JSONWriter) {
    json.object { json in
      json.member("step", call.step)
      json.member("ladder", orNull: call.ladder)
      json.member("model", call.model)
      strings("deployments", call.deployments, to: &json)
      json.member("answering", call.isAnswering)
      strings("gates", call.gates, to: &json)
      json.member("stream", orNull: call.delivery?.rawValue)
      json.member("kept", call.isKept)
      json.member("dropped", orNull: call.dropped?.text)
      json.object("input_tokens") { json in
        json.member("low", call.input.low)
        json.member("high", call.input.high)
        json.member("bound", call.input.bound)
      }
      json.member("max_output", orNull: call.maxOutput)
      json.member("output_limit", call.outputLimit)
      json.member("max_output_at_worst", orNull: call.outputAtWorst)
      json.member("attempts", call.attempts)
      json.object("cost") { cost(call.cost, to: &$0) }
      place(call.place, to: &json)
    }
  }

  private static func effect(_ effect: Explanation.EffectLine, to json: inout JSONWriter) {
    json.object { json in
      json.member("text", effect.text)
      json.member("note", orNull: effect.note)
      json.member("applies", effect.applies)
      place(effect.place, to: &json)
    }
  }

  private static func budget(_ budget: Explanation.BudgetLine, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", budget.name)
      json.member("text", budget.text)
      json.member("spent", budget.isSpent)
      place(budget.place, to: &json)
    }
  }

  private static func cost(_ cost: Explanation.CostLine, to json: inout JSONWriter) {
    figure("at_least", cost.atLeast, to: &json)
    figure("expected", cost.expected, to: &json)
    figure("at_most", cost.atMost, to: &json)
  }

  private static func figure(
    _ name: String, _ figure: Explanation.Figure, to json: inout JSONWriter
  ) {
    switch figure {
    case .known(let money): json.member(name, Amounts.plain(money))
    case .unknown(let reason):
      json.member(name, orNull: String?.none)
      json.member(name + "_unknown", reason)
    }
  }

  private static func observations(
    _ name: String, _ list: [Explanation.Observation], to json: inout JSONWriter
  ) {
    json.array(name) { json in
      for item in list { observation(item, to: &json) }
    }
  }

  private static func observation(
    _ observation: Explanation.Observation, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("condition", observation.condition)
      json.member("observed", observation.observed)
      json.member("holds", observation.holds)
      place(observation.place, to: &json)
    }
  }

  private static func strings(_ name: String, _ list: [String], to json: inout JSONWriter) {
    json.array(name) { json in
      for item in list { json.string(item) }
    }
  }

  private static func place(_ place: Explanation.Place?, to json: inout JSONWriter) {
    guard let place else { return json.member("place", orNull: String?.none) }
    json.object("place") { json in
      json.member("path", place.path)
      json.member("line", place.line)
      json.member("column", place.column)
    }
  }
}
