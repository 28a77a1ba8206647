import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCompression
import RoutingRuntime

/// A decision whose first call goes into a provider's batch: the same whenever it is made of the same
/// request, moment and use of budgets.
struct PlacedDecision {
  /// With the claims of a request whose first call is billed as a batch's.
  let budgeted: BudgetedDecision
  let climb: Climb
  /// Begun: the call is ordered.
  let machine: LadderMachine
  let order: CallOrder
  /// The request as its call sends it.
  let sent: ChatRequest
  let most: Money
}

extension RequestService {
  /// Decides a request so that its first call goes into a batch.
  ///
  /// Health and the memory of conversations are not looked at: by the time of an answer they are
  /// others.
  func decidePlaced(
    _ asked: AskedRequest, _ input: RequestInput
  ) throws(PlaceProblem) -> PlacedDecision {
    guard RequestProblem.unbounded(asked.request) == nil else { throw .needsNoCall }
    let policy = decider.frozen.policy
    var budgeted: BudgetedDecision
    do throws(DecisionFailure) {
      budgeted = try decideFilled(input)
    } catch {
      throw .needsNoCall
    }
    if case .needs = budgeted.decision.outcome { throw .classifier }
    guard budgeted.refusal(maker.words) == nil else { throw .needsNoCall }
    try checkEffects(budgeted.decision.plan)
    guard var climb = Climb(budgeted.decision, in: decider.frozen) else { throw .needsNoCall }
    let first = try place(&climb)
    guard let most = budgeted.decision.cost(where: first.call, costsAtMost: first.most) else {
      throw .unbounded(model: name(of: first.call, in: budgeted.decision.plan))
    }
    do throws(DecisionFailure) {
      budgeted = budgeted.claiming(
        try claims(of: budgeted.decision, input, try facts(of: input), cost: most))
    } catch {
      throw .needsNoCall
    }
    if let rolling = budgeted.claims.first(where: { $0.key.window.isRolling }) {
      throw .rolling(budget: rolling.key.budget)
    }
    guard
      var bounded = Climb(
        budgeted.decision, in: decider.frozen, granted: Grant(budgeted.claims)),
      bounded.firstUnpriced(asked.request.cacheWrites, in: policy) == nil,
      bounded.firstGateOfSeveral(gates, in: policy) == nil
    else { throw .needsNoCall }
    let call = try place(&bounded).call
    var machine = LadderMachine(bounded)
    guard case .call(let order) = machine.start(), order.call == call else { throw .needsNoCall }
    var sent = asked.request
    if RequestCompression.applies(budgeted.decision.plan) {
      sent = RequestCompression(sent, plan: budgeted.decision.plan, in: policy).request
    }
    return PlacedDecision(
      budgeted: budgeted, climb: bounded, machine: machine, order: order, sent: sent, most: most)
  }

  private func checkEffects(_ plan: Plan) throws(PlaceProblem) {
    if plan.similarCache != nil { throw .similarCache }
    if RequestCompression.asksModels(plan) { throw .summary }
    for effect in plan.effects {
      guard case .stick = effect.kind else { continue }
      throw .sticks
    }
  }

  private func place(_ climb: inout Climb) throws(PlaceProblem) -> (call: Int, most: Money) {
    do throws(NotPlaceable) {
      return try climb.placeFirst()
    } catch {
      switch error {
      case .nothingToCall: throw .needsNoCall
      case .noBatchPrice(let model): throw .noBatchPrice(model: name(of: model))
      case .unbounded(let model): throw .unbounded(model: name(of: model))
      }
    }
  }

  private func name(of call: Int, in plan: Plan) -> String {
    plan.calls[call].model.map { name(of: $0.index) } ?? "the model"
  }

  func name(of model: Int) -> String { decider.frozen.policy[ModelID(model)].name }
}

extension CounterWindow {
  /// Whether it has moved on, or is over, before a batch is back.
  fileprivate var isRolling: Bool {
    switch self {
    case .running, .minute, .hour: true
    case .day, .week, .month: false
    }
  }
}
