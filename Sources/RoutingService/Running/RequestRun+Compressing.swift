import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingCompression
import RoutingLedger
import RoutingRuntime

extension RequestRun {
  /// Makes the request shorter where the plan says so and it pays; no model is asked.
  ///
  /// Gates are asked about the request as it came.
  func compress(_ plan: Plan) {
    compression = nil
    guard RequestCompression.applies(plan) else { return }
    compression = RequestCompression(
      request.asked.request, plan: plan, in: service.decider.frozen.policy)
  }

  /// The same with summaries; the climb that knows what they took.
  ///
  /// A summary is a call of the request: within what is set aside for it, on record before it leaves,
  /// and counted under every bound of the climb.
  func summarised(
    _ budgeted: BudgetedDecision, _ climb: Climb, under permits: Permits
  ) async -> Climb {
    let plan = budgeted.decision.plan
    var climb = climb
    compression = await RequestCompression(
      request.asked.request, plan: plan, in: service.decider.frozen.policy
    ) { question in
      guard plan.calls.indices.contains(question.planned) else { return .notPermitted }
      let most = plan.calls[question.planned].most
      guard climb.leaves(most), !Task.isCancelled,
        await permits.permit(Spending(before: climb.spentBefore, pending: most)),
        !Task.isCancelled
      else { return .notPermitted }
      let (text, record) = await service.runner.summarise(
        question.material, by: question.order, as: question.planned, of: plan)
      if let record {
        asked.calls.append(record)
        let spent = climb.compressing
        climb.compressing.cost = spent.cost + (record.aside?.cost ?? .nothing)
        climb.compressing.tokens = spent.tokens + (record.aside?.tokens ?? .nothing)
      }
      return text.map(SummaryAnswer.text) ?? .failed
    }
    summaryCost = climb.compressing.cost
    return climb
  }

  /// What was done and what it spared at the prices of the models that were called, less what summaries
  /// cost.
  func tellCompression(_ entry: inout LedgerEntry, _ record: RunRecord, _ plan: Plan) {
    guard let compression else { return }
    entry.savings.compression = compression.words
    guard compression.isCompressed, case .exact(let cost) = summaryCost else { return }
    let policy = service.decider.frozen.policy
    let called = record.calls.filter(\.wasSent).compactMap { plan.calls[$0.planned].model }
    entry.savings.saved = compression.spared(called.map { policy[$0] }).map { $0 - cost }
  }
}

extension PlannedCall {
  /// The most it may use.
  var most: Spend { Spend(money: cost.atMost.money ?? .zero, tokens: tokensAtMost ?? 0) }
}
