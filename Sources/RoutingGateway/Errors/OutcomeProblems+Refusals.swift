import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import TextPatterns

// A policy's own refusals are 403: the request is well formed, and may not pass.
extension OutcomeProblems {
  func problem(_ refusal: Refusal) -> APIProblem {
    switch refusal {
    case .byGuard(let id, let message, _):
      APIProblem(
        403, "permission_error", code: "refused_by_guard",
        "guard `\(checked[id].name)` refuses it: \(message)")
    case .byRoute(let id, let message, _):
      APIProblem(
        403, "permission_error", code: "refused_by_route",
        "route `\(checked[id].name)` refuses it: \(message)")
    case .byBudget(let id): spent(id, "`\(checked[id].name)` has nothing left")
    case .emptied(let reason): problem(reason)
    case .unreadable:
      APIProblem(
        400, "invalid_request_error", code: "unreadable_text", param: "messages",
        "a text of the request could not be searched: send a shorter one")
    }
  }

  /// Nothing of the plan could be called.
  func problem(_ reason: DropReason) -> APIProblem {
    let words = "no model is left for it: \(words(reason))"
    switch reason {
    case .keptOut: return APIProblem(403, "permission_error", code: "refused_by_guard", words)
    case .windowTooSmall:
      return APIProblem(
        400, "invalid_request_error", code: "context_length_exceeded", param: "messages", words)
    case .notInCatalog(let name): return .unknownModel(name, among: names)
    case .lacks:
      return APIProblem(400, "invalid_request_error", code: "unsupported_by_model", words)
    case .tooLittleLeft(.budget(let id, _), _, _): return spent(id, words)
    case .tooLittleLeft(.ladder, _, _):
      var problem = APIProblem(402, "budget_exceeded", code: "max_budget_exceeded", words)
      problem.isWorthRetrying = false
      return budgetIsLimit ? problem.asLimit : problem
    case .tooFewTokensLeft(let bound, _, _): return spent(bound.budget, words)
    case .unknownPrice, .unboundedImages, .unboundedTokens:
      return APIProblem(
        400, "invalid_request_error", code: "unbounded_cost", param: "max_completion_tokens", words)
    case .tierDropped, .lineDoesNotApply:
      return APIProblem(503, "server_error", code: "no_model_left", words)
    }
  }

  private func spent(_ id: BudgetID, _ words: String) -> APIProblem {
    switch checked[id].cap {
    case .money:
      var problem = APIProblem(402, "budget_exceeded", code: "budget_exceeded", words)
      problem.isWorthRetrying = false
      return budgetIsLimit ? problem.asLimit : problem
    case .tokens: return APIProblem(429, "tokens", code: "rate_limit_exceeded", words)
    case .requests, .atOnce:
      return APIProblem(429, "requests", code: "rate_limit_exceeded", words)
    }
  }

  private var names: [String] { checked.vocabulary.models.map(\.name) }
}

extension APIProblem {
  /// `names` are those a request may ask for.
  static func unknownModel(_ name: String, among names: [String]) -> APIProblem {
    let near = NearName.of(name, among: names)
    let cure = near.map { "did you mean `\($0)`?" } ?? "`GET /v1/models` lists them"
    return APIProblem(
      404, "invalid_request_error", code: "model_not_found", param: "model",
      "no model is called `\(name.prefix(80))`: \(cure)")
  }

  fileprivate var asLimit: APIProblem {
    var problem = self
    problem.status = 429
    return problem
  }
}
