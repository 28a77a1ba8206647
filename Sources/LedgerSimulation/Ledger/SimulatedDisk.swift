package import RoutingBudgets
package import RoutingLedger
import Synchronization

/// A disk in memory that dies, tears and fails by its seed, and comes back with what it had kept.
package final class SimulatedDisk: LedgerDisk {
  private let state: Mutex<State>

  struct State: Sendable {
    var content = Content()
    /// As it was before the last commit, for the fault that loses it.
    var before = Content()
    var random: SeededRandom
    let isTroubled: Bool
    /// It dies once in so many commits.
    let lifetime: Int
    let fault: LifecycleFault?
    /// Commits that will fail from now on.
    var outage = 0
    var isDead = false
  }

  /// What has been kept.
  struct Content: Sendable {
    var rows: [ChainedEntry] = []
    /// Every charge of every row, and since when it counts.
    var charges: [(key: CounterKey, amount: Int64, time: Timestamp)] = []
    var open: [RequestID: OpenRequest] = [:]
    var keys: [IdempotencyRecord.Key: IdempotencyRecord] = [:]
    var rowOf: [RequestID: Int] = [:]
    /// Requests with more than one row.
    var doubled: [RequestID] = []
    var brokenAt: Int64?
  }

  init(_ settings: LifecycleSimulation.Settings) {
    state = Mutex(
      State(
        random: SeededRandom(seed: ~settings.seed), isTroubled: settings.isTroubled,
        lifetime: 60 * settings.calm, fault: settings.fault))
  }

  /// Whether the process died in a commit.
  var isDead: Bool { state.withLock { $0.isDead } }

  func withContent<Result>(_ body: (Content) -> Result) -> Result {
    state.withLock { body($0.content) }
  }

  /// The process is gone; what is under way, if anything, was kept whole or not at all.
  func die() { state.withLock { $0.die() } }

  package func commit(_ batch: [LedgerRecord]) throws(LedgerFailure) {
    let failure: LedgerFailure? = state.withLock { $0.commit(batch) }
    if let failure { throw failure }
  }

  package func caller(of request: RequestID) -> LedgerEntry.Caller? {
    withContent { $0.row(of: request)?.caller }
  }

  package func recover(at time: Timestamp) throws(LedgerFailure) -> LedgerRecovery {
    state.withLock { $0.recover() }
  }
}

extension SimulatedDisk.State {
  mutating func commit(_ batch: [LedgerRecord]) -> LedgerFailure? {
    if outage == 0, isTroubled, random.oneIn(30) { outage = 1 + random.below(6) }
    if outage > 0 {
      outage -= 1
      if fault == .keepsHalf { content.keep(batch.prefix(batch.count / 2)) }
      if fault == .keepsThoughFailing { content.keep(batch[...]) }
      return .cannotWrite(reason: random.oneIn(2) ? "no space left on device" : "i/o error")
    }
    if isTroubled, random.oneIn(lifetime) {
      // It dies in the middle: a torn batch is dropped when the disk comes back.
      if random.oneIn(2) { keep(batch) }
      die()
      return .closed
    }
    keep(batch)
    return nil
  }

  private mutating func keep(_ batch: [LedgerRecord]) {
    if fault == .forgetsLast { before = content }
    content.keep(batch[...])
  }

  mutating func die() {
    isDead = true
    if fault == .forgetsLast { content = before }
  }

  mutating func recover() -> LedgerRecovery {
    isDead = false
    outage = 0
    var recovery = LedgerRecovery(
      sequence: content.rows.last?.sequence ?? 0, hash: content.rows.last?.hash ?? [],
      settled: content.charges,
      open: content.open.values.sorted { $0.reservation.id < $1.reservation.id },
      idempotency: content.keys.values.sorted { $0.request < $1.request })
    if fault == .losesOpen { recovery.open = [] }
    if fault == .losesCharge { _ = recovery.settled.popLast() }
    return recovery
  }
}

extension SimulatedDisk.Content {
  func row(of id: RequestID) -> LedgerEntry? { rowOf[id].map { rows[$0].entry } }

  mutating func keep(_ records: ArraySlice<LedgerRecord>) {
    for record in records {
      switch record {
      case .open(let request): open[request.reservation.id] = request
      case .progress(let id, let progress): open[id]?.progress = progress
      case .end(let row): keep(row)
      case .release(let id): open[id] = nil
      case .idempotency(let record): keys[record.key] = record
      case .forget(let key): keys[key] = nil
      case .policy, .text, .forgetTexts, .rating: break
      }
    }
  }

  private mutating func keep(_ row: ChainedEntry) {
    let place = rows.last.map { ChainPlace(sequence: $0.sequence, hash: $0.hash) } ?? .start
    if place.following(row.entry) != row, brokenAt == nil { brokenAt = row.sequence }
    let id = row.entry.id
    if rowOf[id] != nil { doubled.append(id) }
    rowOf[id] = rows.count
    open[id] = nil
    rows.append(row)
    charges += row.entry.charges.map { charge in
      let time = charge.key.unit == .requests ? row.entry.time : row.entry.settled
      return (charge.key, charge.amount, time ?? row.entry.time)
    }
  }
}
