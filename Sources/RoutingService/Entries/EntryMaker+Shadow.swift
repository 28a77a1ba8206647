import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime

extension EntryMaker {
  /// A call beside a request: a row of its own, that names the request's.
  func shadow(
    _ id: RequestID, _ time: Timestamp, of request: AcceptedRequest, _ decision: Decision,
    _ record: CallRecord?
  ) -> LedgerEntry {
    var entry = beside(id, time, request, decision)
    guard let record, let bill = record.aside else { return entry }
    entry.attempts = [aside(record)]
    entry.cost = EntryCost(bill.cost)
    entry.elapsed = record.latency
    entry.firstByte = record.firstByte
    switch bill.ending {
    case .read:
      entry.status = .answered
      entry.modelServed = bill.model
    case .unreadable: entry.reason = "unreadable"
    case .failed(let failure): entry.reason = failure.rawValue
    case .cancelled: entry.status = .cancelled
    }
    return entry
  }

  /// One that was not asked.
  func unasked(
    _ id: RequestID, _ time: Timestamp, of request: AcceptedRequest, _ decision: Decision,
    _ reason: String
  ) -> LedgerEntry {
    var entry = beside(id, time, request, decision)
    entry.status = .refused
    entry.reason = reason
    return entry
  }

  private func beside(
    _ id: RequestID, _ time: Timestamp, _ request: AcceptedRequest, _ decision: Decision
  ) -> LedgerEntry {
    var entry = head(of: request, decision, status: .failed, cost: .exact(.zero))
    entry.id = id
    entry.time = time
    entry.parent = request.id
    entry.isStreamed = false
    return entry
  }
}
