import RoutingBudgets
import RoutingLedger
import Synchronization

/// A disk in memory that fails when it is told to: what was committed before stays.
final class MemoryDisk: LedgerDisk {
  struct State: Sendable {
    var rows: [ChainedEntry] = []
    var open: [RequestID: OpenRequest] = [:]
    var keys: [IdempotencyRecord.Key: IdempotencyRecord] = [:]
    var texts: [KeptText] = []
    /// Commits that still succeed; nil for all.
    var commitsLeft: Int?
  }

  private let state: Mutex<State>

  init(_ state: State = State()) { self.state = Mutex(state) }

  var now: State { state.withLock { $0 } }

  /// Fails from the commit after the next `count` on; nil mends it.
  func fail(after count: Int?) { state.withLock { $0.commitsLeft = count } }

  func recover(at time: Timestamp) throws(LedgerFailure) -> LedgerRecovery {
    state.withLock { state in
      LedgerRecovery(
        sequence: Int64(state.rows.count), hash: state.rows.last?.hash ?? [],
        settled: state.rows.flatMap { row in
          row.entry.charges.map { ($0.key, $0.amount, row.entry.time) }
        },
        open: Array(state.open.values), idempotency: Array(state.keys.values))
    }
  }

  func commit(_ batch: [LedgerRecord]) throws(LedgerFailure) {
    let isFull = state.withLock { state in
      if let left = state.commitsLeft {
        if left <= 0 { return true }
        state.commitsLeft = left - 1
      }
      for record in batch { Self.keep(record, in: &state) }
      return false
    }
    if isFull { throw .cannotWrite(reason: "no space left on device") }
  }

  func caller(of request: RequestID) -> LedgerEntry.Caller? {
    state.withLock { state in state.rows.last { $0.entry.id == request }?.entry.caller }
  }

  private static func keep(_ record: LedgerRecord, in state: inout State) {
    switch record {
    case .open(let request): state.open[request.reservation.id] = request
    case .progress(let id, let progress): state.open[id]?.progress = progress
    case .end(let row):
      state.rows.append(row)
      state.open[row.entry.id] = nil
    case .release(let id): state.open[id] = nil
    case .idempotency(let record): state.keys[record.key] = record
    case .forget(let key): state.keys[key] = nil
    case .text(let text): state.texts.append(text)
    case .policy, .forgetTexts, .rating: break
    }
  }
}
