import PolicyGraph
import PolicySemantics
import PolicyUnits
package import RoutingRuntime

// The plan: calls, effects, budgets and what they cost.
extension Explainer {
  func call(_ call: PlannedCall, of plan: Plan) -> Explanation.CallLine {
    let step = call.step
    return Explanation.CallLine(
      step: words(step, of: plan), ladder: ladder(step.role),
      model: model(call), deployments: deployments(call),
      isAnswering: step.answers, gates: step.accepts.map { text.text($0.span) },
      delivery: step.answers ? step.delivery : nil,
      isKept: call.isKept, dropped: call.dropReason.map(words),
      input: call.input, maxOutput: call.output.tokens, outputLimit: words(call.output.limitedBy),
      outputAtWorst: call.output.tokensAtWorst, attempts: step.attempts, cost: cost(call.cost),
      place: text.place(step.span))
  }

  func cost(_ cost: CostInterval) -> Explanation.CostLine {
    Explanation.CostLine(
      atLeast: figure(cost.atLeast), expected: figure(cost.expected), atMost: figure(cost.atMost))
  }

  /// How long answers are taken to be, and who says how often they pass.
  func basis(of decision: Decision, _ expectations: Expectations) -> String? {
    guard case .known = decision.cost.expected, !decision.plan.calls.isEmpty else { return nil }
    var sources: [String] = []
    for call in decision.plan.answering where !call.step.accepts.isEmpty {
      guard let model = call.model else { continue }
      let acceptance = expectations.acceptance[model] ?? policy[model].acceptance
      if let source = acceptance?.source, !sources.contains(source) { sources.append(source) }
    }
    var words = lengths(decision.plan, expectations)
    if !sources.isEmpty { words += ", acceptance by " + sources.joined(separator: "; ") }
    return words
  }

  /// What the expected cost counts: `answers of 1,200 tokens, or as many as the call may have`.
  private func lengths(_ plan: Plan, _ expectations: Expectations) -> String {
    let output = expectations.output
    let kept = plan.answering.filter(\.isKept)
    let choices = kept.first?.output.choices ?? 1
    func tokens(_ count: Int64) -> String { Amounts.count(count, "token") }
    var words =
      choices == 1
      ? "answers of \(tokens(output))" : "\(choices) answers of \(tokens(output)) each"
    if choices > 1, let answers = expectations.answers {
      words = "\(choices) answers of \(tokens(answers)) together"
    }
    if let input = expectations.input { words = "a prompt of \(tokens(input)) as logged, " + words }
    if let cached = expectations.cached, cached.tokens > 0,
      kept.contains(where: { $0.model == cached.model })
    {
      words +=
        ", \(tokens(cached.tokens)) of the prompt out of the cache of \(policy[cached.model].name)"
    }
    let isCut = kept.contains { $0.output.tokens.map { $0 < output } ?? false }
    if isCut { words += ", or as many as the call may have" }
    // What was counted and what the text can have need not agree: then the bounds are those of the text.
    let bound = kept.map(\.input.bound).max() ?? .max
    guard let input = expectations.input, input > bound else { return words }
    return words + "; at least and at most are for its text, which has no more than "
      + "\(tokens(bound)), and do not bound what was logged"
  }

  private func figure(_ figure: CostFigure) -> Explanation.Figure {
    switch figure {
    case .known(let money): .known(money)
    case .unknown(let reason): .unknown(reason.words(in: policy))
    }
  }

  /// Nothing is listed where the calls are all there is.
  func effects(_ plan: Plan) -> [Explanation.EffectLine] {
    guard Self.lists(plan) else { return [] }
    return plan.effects.map { effect in
      Explanation.EffectLine(
        text: words(effect), note: words(effect.state),
        applies: effect.state.takesPart,
        place: text.place(effect.span))
    }
  }

  /// Whether the calls are not all there is.
  package static func lists(_ plan: Plan) -> Bool {
    plan.effects.contains { effect in
      switch effect.kind {
      case .calls, .reserve: false
      case .exactCache, .similarCache, .compress, .shape, .dropTools, .stop, .batch, .shadow,
        .stick:
        true
      }
    }
  }

  func budget(_ standing: BudgetStanding) -> Explanation.BudgetLine {
    let budget = policy[standing.budget]
    let amounts: String
    switch budget.cap {
    case .money:
      let currency = policy.vocabulary.currency
      let used = Amounts.text(Money(nanos: standing.used), currency: currency)
      let cap = Amounts.text(Money(nanos: standing.cap), currency: currency)
      amounts = "\(used) of \(cap) used"
    case .requests:
      amounts =
        "\(Amounts.grouped(standing.used)) of \(Amounts.count(standing.cap, "request")) used"
    case .tokens:
      amounts =
        "\(Amounts.grouped(standing.used)) of \(Amounts.count(standing.cap, "token")) used"
    case .atOnce: amounts = "\(standing.used) of \(standing.cap) at once"
    }
    return Explanation.BudgetLine(
      name: budget.name, text: amounts + period(of: budget), isSpent: standing.isSpent,
      place: text.place(budget.span))
  }

  private func period(of budget: CheckedBudget) -> String {
    var words = ""
    switch budget.per {
    case .identity(let identity): words += " per \(identity.rawValue)"
    case .fact(let id): words += " per \(policy[id].name)"
    case nil: break
    }
    if let window = budget.window { words += " per \(window.rawValue)" }
    return words
  }

  func arm(_ arm: ChosenArm) -> Explanation.ArmLine {
    var words = "split by \(name(of: arm.by))"
    if arm.hashed != arm.by { words += ", which the request lacks: by \(name(of: arm.hashed))" }
    return Explanation.ArmLine(
      name: arm.name, share: arm.share, text: words, place: text.place(arm.span))
  }

  private func name(of key: CheckedSplit.Key) -> String {
    switch key {
    case .identity(let identity): identity.rawValue
    case .request: "request"
    }
  }

  package func ladder(_ role: CallRole) -> String? {
    switch role {
    case .tier(let id, _), .judge(_, let id, _): policy[id].name
    case .direct, .compressor, .embedder, .shadow, .classifier: nil
    }
  }

  package func model(_ call: PlannedCall) -> String {
    if let id = call.model { return policy[id].name }
    switch call.step.target {
    case .model(let id): return policy[id].name
    case .embedder(let id): return policy[id].name
    case .requested: return "requested"
    }
  }

  package func deployments(_ call: PlannedCall) -> [String] {
    guard let id = call.model else { return [] }
    let all = policy[id].deployments
    return call.deployments.filter(all.indices.contains).map { index in
      let region = all[index].region.map { " (\($0))" } ?? ""
      return all[index].provider + region
    }
  }
}

extension PlannedEffect.State {
  /// Whether it is part of what is done for this request.
  package var takesPart: Bool {
    switch self {
    case .applies, .startsWith: true
    case .conditionFails, .lacks: false
    }
  }
}
