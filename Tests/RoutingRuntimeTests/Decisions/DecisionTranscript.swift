import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// A decision, line by line.
struct DecisionTranscript {
  let policy: CheckedPolicy
  let decision: Decision

  var text: String {
    var lines = ["\(outcome)\(arm) cost \(text(decision.cost))\(tokens)"]
    for use in decision.classifiers { lines.append("classified \(text(use))") }
    for budget in decision.budgets {
      lines.append(
        "budget \(policy[budget.budget].name) \(budget.used) of \(budget.cap)"
          + (budget.needsStore ? " (stored)" : ""))
    }
    lines += decision.plan.effects.compactMap(text)
    for (index, call) in decision.plan.calls.enumerated() {
      lines.append(text(call) + (index > 0 && index == decision.plan.start ? " (starts here)" : ""))
    }
    return lines.joined(separator: "\n")
  }

  private var outcome: String {
    switch decision.outcome {
    case .route(let id): "route \(policy[id].name)"
    case .needs(let id): "needs \(policy[id].name)"
    case .refused(.byGuard(let id, let message, _)):
      "refused by guard \(policy[id].name): \(message)"
    case .refused(.byRoute(let id, let message, _)):
      "refused by route \(policy[id].name): \(message)"
    case .refused(.byBudget(let id)): "refused by budget \(policy[id].name)"
    case .refused(.emptied(let reason)): "emptied: \(text(reason))"
    case .refused(.unreadable): "unreadable"
    }
  }

  /// Only where a limit binds them.
  private var tokens: String {
    let isLimited = decision.budgets.contains { standing in
      if case .tokens = policy[standing.budget].cap { true } else { false }
    }
    return isLimited ? " tokens \(decision.tokens.atMost.map(String.init) ?? "?")" : ""
  }

  private var arm: String {
    guard let arm = decision.arm else { return "" }
    return " arm \(arm.name)"
  }

  private func text(_ use: ClassifierUse) -> String {
    let classifier = policy[use.classifier]
    let label = classifier.labels[use.label]
    switch use.origin {
    case .recorded: return "\(classifier.name) \(label)"
    case .failed(let id): return "\(classifier.name) \(label), kept out by \(policy[id].name)"
    }
  }

  private func text(_ cost: CostInterval) -> String {
    [cost.atLeast, cost.expected, cost.atMost].map(text).joined(separator: " / ")
  }

  private func text(_ figure: CostFigure) -> String {
    switch figure {
    case .known(let money): money.text
    case .unknown(.price(let id)): "? price of \(policy[id].name)"
    case .unknown(.embedderPrice(let id)): "? price of \(policy[id].name)"
    case .unknown(.outputCap(let id)): "? output of \(policy[id].name)"
    case .unknown(.images(let id)): "? images of \(policy[id].name)"
    case .unknown(.acceptance(let id)): "? acceptance of \(policy[id].name)"
    case .unknown(.undecided(let id)): "? \(policy[id].name)"
    }
  }

  private func text(_ effect: PlannedEffect) -> String? {
    let name: String
    switch effect.kind {
    case .reserve, .calls: return nil
    case .exactCache: name = "cache exact"
    case .similarCache: name = "cache similar"
    case .compress(let id): name = "compress \(policy[id].name)"
    case .shape: name = policy.sources.text(of: effect.span)
    case .dropTools(let id): name = "drop tools by \(policy[id].name)"
    case .stop: name = "stop"
    case .batch(let size, let within): name = "batch \(size) within \(within.count)"
    case .shadow(let share, _): name = "shadow \(share.millionths)"
    case .stick(let time): name = "stick \(time.count)"
    }
    switch effect.state {
    case .applies: return "effect \(name)"
    case .conditionFails: return "effect \(name): its condition fails"
    case .lacks(let identity): return "effect \(name): no \(identity.rawValue)"
    case .startsWith(let model): return "effect \(name): starts with \(policy[model].name)"
    }
  }

  private func text(_ call: PlannedCall) -> String {
    var line = "call \(role(call)) \(call.model.map { policy[$0].name } ?? "-")"
    if let reason = call.dropReason { return line + " dropped: \(text(reason))" }
    let input = call.input
    line += " in \(input.low)-\(input.high)<=\(input.bound)"
    line += " out \(call.output.tokens.map(String.init) ?? "-") by \(text(call.output.limitedBy))"
    if call.output.tokensAtWorst != call.output.tokens {
      line += " at worst \(call.output.tokensAtWorst.map(String.init) ?? "-")"
    }
    if let model = call.model, call.deployments.count < policy[model].deployments.count {
      line += " at \(call.deployments.map { policy[model].deployments[$0].provider })"
    }
    if call.step.attempts > 1 { line += " x\(call.step.attempts)" }
    return line + " " + text(call.cost)
  }

  private func role(_ call: PlannedCall) -> String {
    let leg = call.step.leg.map { $0 > 0 ? "fallback \($0) " : "" } ?? ""
    switch call.step.role {
    case .direct: return leg + "direct"
    case .tier(_, let tier): return leg + "tier \(tier)"
    case .judge(let gate, _, _): return leg + "judge \(policy[gate].name)"
    case .compressor: return "compressor"
    case .embedder: return "embedder"
    case .shadow: return "shadow"
    case .classifier: return "classifier"
    }
  }

  private func text(_ limit: OutputCap.Limit) -> String {
    switch limit {
    case .nothing: "nothing"
    case .caller: "caller"
    case .option: "option"
    case .model: "model"
    case .window: "window"
    case .money(let bound): text(bound)
    case .tokens(let bound): text(bound)
    case .role: "role"
    }
  }

  private func text(_ bound: TokenBound) -> String {
    "\(policy[bound.budget].name) \(bound.left) tokens"
  }

  private func text(_ bound: MoneyBound) -> String {
    switch bound {
    case .ladder(let id, let money): "\(policy[id].name) \(money.text)"
    case .budget(let id, let left): "\(policy[id].name) \(left.text)"
    }
  }

  private func text(_ reason: DropReason) -> String {
    switch reason {
    case .keptOut(let id, _): "guard \(policy[id].name)"
    case .tooLittleLeft(let bound, let tokens, let least):
      "\(tokens) of \(least) tokens under \(text(bound))"
    case .unknownPrice(let bound): "unknown price under \(text(bound))"
    case .unboundedImages(let bound): "images under \(text(bound))"
    case .tooFewTokensLeft(let bound, let tokens, let least):
      "\(tokens) of \(least) tokens under \(text(bound))"
    case .unboundedTokens(let bound): "unbounded under \(text(bound))"
    case .windowTooSmall, .notInCatalog, .lacks, .tierDropped, .lineDoesNotApply: reason.text
    }
  }
}
