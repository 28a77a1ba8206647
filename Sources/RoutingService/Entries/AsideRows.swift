import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime

/// Rows of calls that are no request's: the vectors of a policy's examples.
struct AsideRows: Sendable {
  let ledger: Ledger?
  let maker: EntryMaker
  let fingerprints: Decision.Fingerprints
  let clock: @Sendable () -> Timestamp
  let random: @Sendable () -> (UInt64, UInt64)

  /// Keeps one row for calls made together; no budget is charged for them.
  ///
  /// A ledger that fails tries the row again by itself, so its failure changes nothing here.
  @Sendable func keep(_ calls: [CallRecord]) async {
    guard let ledger else { return }
    let now = clock()
    _ = try? await ledger.append(
      maker.preparation(
        RequestID(at: now, random: random()), at: now, calls, fingerprints: fingerprints),
      settling: nil)
  }
}

extension EntryMaker {
  /// What making the vectors of a policy's examples took.
  func preparation(
    _ id: RequestID, at time: Timestamp, _ calls: [CallRecord],
    fingerprints: Decision.Fingerprints
  ) -> LedgerEntry {
    var cost = CallCost.nothing
    var elapsed: Int64 = 0
    for call in calls {
      cost = cost + (call.aside?.cost ?? .nothing)
      elapsed = elapsed.addingOrMost(call.latency.count)
    }
    let isWhole = calls.allSatisfy { $0.aside?.ending == .read }
    var entry = LedgerEntry(
      id: id, time: time, status: isWhole ? .answered : .failed,
      currency: policy.vocabulary.currency, cost: EntryCost(cost))
    entry.fingerprints = LedgerEntry.Fingerprints(
      policy: fingerprints.policy, catalog: fingerprints.catalog)
    entry.modelAsked = calls.compactMap { $0.aside?.model }.first ?? "auto"
    entry.modelServed = isWhole ? entry.modelAsked : nil
    entry.reason = "examples"
    entry.attempts = calls.map { aside($0) }
    entry.elapsed = Milliseconds(elapsed)
    return entry
  }
}
