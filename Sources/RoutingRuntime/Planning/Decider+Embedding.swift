package import PolicyGraph
package import PolicySemantics
import PolicyUnits

/// A call to an embedder its caller names: what guards, budgets and limits say of it.
package struct EmbeddingPlan: Sendable {
  /// Without a route and without a plan: no route leads to a named embedder.
  package let decision: Decision
  /// Nil if it is refused.
  package let embedder: EmbedderID?
  /// The deployments its guards keep.
  package let deployments: [Int]
  let tariff: Tariff
  let inputBound: Int64

  /// A failed call is made once more, elsewhere if there is an elsewhere.
  package static let attempts = 2

  /// What may be called within the bounds, what a reservation granted in the place of what was left.
  package func climb(in frozen: FrozenPolicy, granted: Grant) -> Climb {
    let bounds = decision.bounds(in: frozen, granted: granted)
    let step = Climb.Step(
      call: 0, model: ModelID(0), tariff: tariff, inputBound: inputBound, outputCap: 0,
      minOutput: 0, attempts: Self.attempts)
    return Climb(
      legs: [Climb.Leg(steps: [step])], bounds: bounds.money, tokenBounds: bounds.tokens)
  }
}

extension Decider {
  /// Decides a request for vectors; `bound` is the most tokens its inputs are.
  package func embedding(
    by name: String, tokens bound: Int64, _ input: borrowing RequestInput,
    _ facts: inout RequestFacts, in scratch: inout Scratch
  ) -> EmbeddingPlan {
    var draft = Decision(frozen.fingerprints, classifiers: [])
    draft.budgets = standings(input, &facts, &scratch)
    let policy = frozen.policy
    let index = policy.vocabulary.embedders.firstIndex { $0.name == name }
    guard let index else {
      draft.outcome = .refused(.emptied(.notInCatalog(name)))
      return EmbeddingPlan(
        decision: draft, embedder: nil, deployments: [], tariff: Tariff(ModelPrices()),
        inputBound: bound)
    }
    let id = EmbedderID(index)
    let entry = policy[id]
    let guards = activeGuards(&facts, &scratch)
    var deployments: [Int] = []
    if let (guardID, message, span) = guards.refusal {
      draft.outcome = .refused(.byGuard(guardID, message: message, span))
    } else {
      switch guards.deployments(of: id, all: Array(entry.deployments.indices)) {
      case .success(let kept): deployments = kept
      case .failure(let lost): draft.outcome = .refused(.emptied(lost.reason))
      }
    }
    if !deployments.isEmpty {
      let spent = draft.budgets.first(where: \.isSpent)
      draft.outcome =
        spent.map { .refused(.byBudget($0.budget)) } ?? .route(RouteID(policy.routes.count - 1))
    }
    let prices = ModelPrices(input: entry.price, output: Price(picosPerToken: 0))
    let tariff = Tariff(prices)
    let attempts = Int64(EmbeddingPlan.attempts)
    let most = tariff.atMost(input: bound, output: 0).map {
      CostFigure.known(Money(nanos: Saturated.product($0.nanos, attempts)))
    }
    draft.cost = CostInterval(
      atLeast: .known(.zero), expected: most ?? .unknown(.embedderPrice(id)),
      atMost: most ?? .unknown(.embedderPrice(id)))
    draft.tokens = TokenSpend(atMost: Saturated.product(bound, attempts))
    return EmbeddingPlan(
      decision: draft, embedder: deployments.isEmpty ? nil : id, deployments: deployments,
      tariff: tariff, inputBound: bound)
  }
}

extension Decision {
  /// The bounds its budgets and limits are, what was granted in the place of what was left.
  func bounds(
    in frozen: FrozenPolicy, granted: Grant
  ) -> (money: [MoneyBound], tokens: [TokenBound]) {
    var money: [MoneyBound] = []
    var tokens: [TokenBound] = []
    for standing in budgets {
      let granted = standing.needsStore ? granted : Grant()
      switch frozen.policy[standing.budget].cap {
      case .money:
        let left = granted.money ?? Money(nanos: standing.left)
        money.append(.budget(standing.budget, left: left))
      case .tokens:
        tokens.append(
          TokenBound(budget: standing.budget, left: granted.tokens ?? standing.left))
      case .requests, .atOnce: continue
      }
    }
    return (money, tokens)
  }
}

extension LadderOutcome {
  /// The same, with no model named: what was called is none.
  package var withoutModels: LadderOutcome {
    LadderOutcome(
      ending: ending, attempts: attempts.map(\.withoutModel), climbs: climbs, cost: cost,
      tokens: tokens, isOverrun: isOverrun)
  }
}

extension AttemptRecord {
  fileprivate var withoutModel: AttemptRecord {
    var record = AttemptRecord(
      leg: leg, step: step, model: nil, attempt: attempt, maxOutput: nil, reserved: reserved,
      reservedTokens: reservedTokens, verdict: verdict, gates: gates, cost: cost, tokens: tokens,
      latency: latency)
    record.usage = usage
    record.parts = parts
    return record
  }
}
