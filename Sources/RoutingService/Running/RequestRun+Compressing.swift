import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingCompression
import RoutingLedger
import RoutingRuntime

extension RequestRun {
  /// The request as models are sent it: compressed where the plan says so and it pays.
  ///
  /// Gates are asked about the request as it came.
  func compressed(_ plan: Plan) -> ChatRequest {
    guard RequestCompression.applies(plan) else { return request.asked.request }
    let made = RequestCompression(
      request.asked.request, plan: plan, in: service.decider.frozen.policy)
    compression = made
    return made.request
  }

  /// What was done and what it spared, at the prices of the models that were called.
  func tellCompression(_ entry: inout LedgerEntry, _ record: RunRecord, _ plan: Plan) {
    guard let compression else { return }
    entry.savings.compression = compression.words
    guard compression.isCompressed else { return }
    let policy = service.decider.frozen.policy
    let called = record.calls.filter(\.wasSent).compactMap { plan.calls[$0.planned].model }
    entry.savings.saved = compression.spared(called.map { policy[$0] })
  }
}
