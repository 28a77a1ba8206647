import HTTPUpstream
import PolicySemantics
package import PolicyUnits
import RoutingCatalog
package import RoutingRuntime

extension RequestRunner {
  /// The longest a climb can take, if every call waits for its deadline, every repeated one for its
  /// turn and every gate for what it asks.
  ///
  /// `waiting` is how long it may wait for others to ask with. Saturates; O(calls of the plan).
  package func longest(
    _ climb: Climb, plan: Plan, waiting: Milliseconds? = nil
  ) -> Milliseconds {
    var sum = waiting?.count ?? 0
    for leg in climb.legs {
      var ofLeg: Int64 = 0
      for step in leg.steps where step.dropped == nil {
        let whole = min(step.timeout?.count ?? .max, slowest(step, plan).count)
        let isBatched =
          plan.calls.indices.contains(step.call) && plan.calls[step.call].step.isBatched
        let tries = Int64(max(1, step.attempts)) + (isBatched ? 1 : 0)
        ofLeg.add(whole, times: tries)
        ofLeg.add(Backoff.longest.count, times: tries - 1)
        let asks = step.accepts.reduce(0) { $0 + $1.asks }
        ofLeg.add(AsideDeadlines.model.count, times: Int64(asks))
      }
      sum.add(min(ofLeg, leg.rules.maxTime?.count ?? .max), times: 1)
    }
    let summaries = plan.calls.count { call in
      if case .compressor = call.step.role { call.isKept } else { false }
    }
    sum.add(Self.summaryTime.count, times: Int64(summaries))
    return Milliseconds(sum)
  }

  /// The whole deadline of the most patient provider a step may call.
  private func slowest(_ step: Climb.Step, _ plan: Plan) -> Milliseconds {
    let standard = UpstreamDeadlines().whole.map(Milliseconds.init) ?? Milliseconds(.max)
    guard let model = step.model, plan.calls.indices.contains(step.call),
      catalog.models.indices.contains(model.index)
    else { return Milliseconds(0) }
    let all = catalog.models[model.index].deployments
    let deadlines = plan.calls[step.call].deployments.filter(all.indices.contains).map {
      catalog.provider(named: all[$0].provider)?.timeouts.whole ?? standard
    }
    return deadlines.max() ?? Milliseconds(0)
  }
}

extension Int64 {
  fileprivate mutating func add(_ amount: Int64, times: Int64) {
    let (product, isTooLarge) = amount.multipliedReportingOverflow(by: times)
    let (sum, isTooMuch) = addingReportingOverflow(isTooLarge ? .max : product)
    self = isTooMuch ? .max : sum
  }
}
