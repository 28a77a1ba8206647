import PolicyGraph
import PolicySemantics
import PolicyUnits
package import RoutingRuntime

// The parts of a plan in words.
extension Explainer {
  package func words(_ step: PlanStep, of plan: Plan) -> String {
    switch step.role {
    case .tier(_, let index): return prefix(step, of: plan) + "tier \(index + 1)"
    case .direct:
      let prefix = prefix(step, of: plan)
      return prefix.isEmpty ? "model" : String(prefix.dropLast(2))
    case .judge(let gate, _, let tier): return "judge \(policy[gate].name) of tier \(tier + 1)"
    case .compressor(let id): return "compress \(policy[id].name)"
    case .embedder: return "embedder"
    case .shadow(let share): return "shadow \(Amounts.text(share))"
    case .classifier(let id): return "classify \(policy[id].name)"
    }
  }

  /// `fallback on too_long, ` for a leg that follows failures; nothing for what was selected.
  private func prefix(_ step: PlanStep, of plan: Plan) -> String {
    guard let leg = step.leg, plan.legs.indices.contains(leg) else { return "" }
    let follows = plan.legs[leg].follows
    guard !follows.isEmpty else { return "" }
    let bare: Set<CallFailure> = [.unavailable, .limited, .tooLong]
    if follows == bare { return "fallback, " }
    let names = CallFailure.allCases.filter(follows.contains).map(\.rawValue)
    return "fallback on \(names.joined(separator: ", ")), "
  }

  func words(_ limit: OutputCap.Limit) -> String {
    switch limit {
    case .nothing: "no limit"
    case .caller: "max_tokens"
    case .option: "max_output"
    case .model: "the model's most"
    case .window: "the window"
    case .money(let bound): name(of: bound)
    case .tokens(let bound): name(of: bound)
    case .role: "its kind"
    }
  }

  func words(_ state: PlannedEffect.State) -> String? {
    switch state {
    case .applies: nil
    case .conditionFails: "its when does not hold"
    case .lacks(let identity): "the request has no \(identity.rawValue)"
    case .startsWith(let model): "starts with \(policy[model].name)"
    }
  }

  package func words(_ effect: PlannedEffect) -> String {
    switch effect.kind {
    case .reserve: "reserve the money"
    case .calls: "make the calls"
    case .dropTools(let id): "drop the tools, for guard \(policy[id].name)"
    case .compress(let id): "compress \(policy[id].name)"
    case .shadow(let share, let target):
      "shadow \(Amounts.text(share)) use \(text.text(target.span))"
    case .exactCache, .similarCache, .shape, .stop, .batch, .stick:
      text.text(effect.span)
    }
  }

  func words(_ method: CheckedClassifier.Method) -> String {
    switch method {
    case .ask(let model, _): "asks \(policy[model].name)"
    case .nearest(let file, let threshold, _):
      "compares with \(file), at least \(Amounts.text(threshold))"
    case .http(let url): "asks \(url)"
    }
  }

  func name(of bound: TokenBound) -> String {
    "\(Amounts.count(bound.left, "token")) left of \(policy[bound.budget].name)"
  }

  func name(of bound: MoneyBound) -> String {
    switch bound {
    case .ladder(let id, let money):
      "max_budget \(Amounts.text(money, currency: policy.vocabulary.currency)) "
        + "of \(policy[id].name)"
    case .budget(let id, let left):
      "\(Amounts.text(left, currency: policy.vocabulary.currency)) left of \(policy[id].name)"
    }
  }
}
