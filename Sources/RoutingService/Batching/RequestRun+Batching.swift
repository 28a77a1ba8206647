import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBatches
import RoutingCache
import RoutingCalls
import RoutingRuntime

extension RequestRun {
  /// Where the first call may be shared with other requests; nil for a route without `batch`.
  func seat(_ decision: Decision, sending request: ChatRequest) -> BatchSeat? {
    guard let rule = decision.plan.batch, let route = decision.route else { return nil }
    let input = self.request.asked.input
    return BatchSeat(
      service.batches,
      BatchSeat.Circle(
        tenant: input.tenant ?? input.key, route: route.index, arm: decision.arm?.index ?? 0,
        variant: CacheKey.Situation.variant(of: decision.plan)), upTo: rule.size,
      within: rule.within, batchable(request, decision.plan))
  }

  private func batchable(
    _ request: ChatRequest, _ plan: Plan
  ) -> Result<BatchableRequest, AloneReason> {
    if sink != nil { return .failure(.streams) }
    if plan.stop != nil { return .failure(.stop) }
    do throws(AloneReason) {
      return .success(try BatchableRequest(request))
    } catch {
      return .failure(error)
    }
  }
}

extension RequestService {
  /// Lets no request wait for others any more, and sends those that do: for a process that goes down.
  package func stopWaiting() async { await batches.drain() }

  /// Requests that wait for others of their kind now.
  package var waitingForOthers: Int {
    get async { await batches.standing }
  }
}
