import RoutingBudgets
import Synchronization

@testable import RoutingLedger

/// A disk in memory that fails when it is told to, and keeps what it was given.
final class ScriptedDisk: LedgerDisk {
  private struct State {
    var batches: [[LedgerRecord]] = []
    var rows: [ChainedEntry] = []
    var open: [RequestID: OpenRequest] = [:]
    var keys: [IdempotencyRecord.Key: IdempotencyRecord] = [:]
    var ratings: [ChainedRating] = []
    var failures = 0
  }

  private let state = Mutex(State())

  /// Fails this many commits from now on.
  func fail(_ times: Int) { state.withLock { $0.failures = times } }

  var batches: [[LedgerRecord]] { state.withLock { $0.batches } }
  var rows: [ChainedEntry] { state.withLock { $0.rows } }
  var ratings: [ChainedRating] { state.withLock { $0.ratings } }
  var open: [OpenRequest] { state.withLock { Array($0.open.values) } }

  func recover(at time: Timestamp) -> LedgerRecovery {
    state.withLock { state in
      var recovery = LedgerRecovery(
        sequence: state.rows.last?.sequence ?? 0, hash: state.rows.last?.hash ?? [],
        settled: state.rows.flatMap { row in
          row.entry.charges.map { ($0.key, $0.amount, row.entry.settled ?? row.entry.time) }
        },
        open: Array(state.open.values), idempotency: Array(state.keys.values))
      recovery.ratings = state.ratings.last?.place ?? .start
      return recovery
    }
  }

  func commit(_ batch: [LedgerRecord]) throws(LedgerFailure) {
    let isFailing = state.withLock { state in
      guard state.failures == 0 else {
        state.failures -= 1
        return true
      }
      state.batches.append(batch)
      for record in batch { Self.keep(record, &state) }
      return false
    }
    if isFailing { throw .cannotWrite(reason: "the disk is full") }
  }

  func caller(of request: RequestID) -> LedgerEntry.Caller? {
    rows.last { $0.entry.id == request }?.entry.caller
  }

  private static func keep(_ record: LedgerRecord, _ state: inout State) {
    switch record {
    case .open(let request): state.open[request.reservation.id] = request
    case .progress(let id, let progress): state.open[id]?.progress = progress
    case .end(let row):
      state.rows.append(row)
      state.open[row.entry.id] = nil
    case .release(let id): state.open[id] = nil
    case .idempotency(let record): state.keys[record.key] = record
    case .forget(let key): state.keys[key] = nil
    case .rating(let rating): state.ratings.append(rating)
    case .policy, .text, .forgetTexts: break
    }
  }
}
