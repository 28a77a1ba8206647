package import RoutingBudgets
import Synchronization

/// The ledger of one process: rows, reservations and idempotency keys, in one place and one order.
///
/// Calls may come from any task. What arrives while a commit is under way goes into the next one
/// together; a call returns after the commit that holds its change. A task that is cancelled while
/// it waits for a commit still waits for it, because the change is under way.
package final class Ledger: BudgetStore, Sendable {
  let desk: CommitDesk

  /// What was missing at its end when it was opened; nil if nothing was.
  package let loss: LedgerLoss?

  /// A ledger on any disk; `clock` is asked for expiries and idempotency keys only.
  ///
  /// Who counts money names its currency; nil is for those who only add rows of other programs.
  package init(
    disk: any LedgerDisk, currency: String? = nil,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(LedgerFailure) {
    let now = clock()
    let recovery = try disk.recover(at: now)
    try recovery.check(against: currency, at: now)
    loss = recovery.loss
    let kept = currency ?? recovery.last?.currency ?? "USD"
    let engine = LedgerEngine(recovery, currency: kept, at: now)
    desk = CommitDesk(engine: engine, disk: disk, clock: clock)
    desk.start()
  }

  deinit { desk.stop() }

  /// Commits what is queued and lets go of the disk; later calls fail with ``LedgerFailure/closed``.
  package func close() async { await desk.close() }

  /// The last committed row's place.
  package var head: ChainPlace { desk.read { $0.head } }

  /// Requests whose reservations count.
  package var openRequests: [OpenRequest] { desk.read { $0.openRequests } }

  // MARK: Budgets

  package func used(
    _ keys: [CounterKey], at time: Timestamp
  ) async throws(BudgetStoreFailure) -> [Int64] {
    desk.read { $0.used(keys, at: time) }
  }

  package func reserve(
    _ reservation: Reservation, first: Progress
  ) async throws(BudgetStoreFailure) -> Admission {
    let outcome = await desk.submit { engine throws(LedgerFailure) in
      switch try engine.reserve(reservation, first: first) {
      case .full(let claim, let used): .full(claim, used: used)
      case .pending(let ticket): .pending(ticket)
      }
    }
    switch outcome {
    case .full(let claim, let used): return .full(claim, used: used)
    case .told(let outcome):
      try Self.expectDone(outcome)
      return .granted
    }
  }

  package func note(
    _ progress: Progress, of id: RequestID
  ) async throws(BudgetStoreFailure) {
    let answer = await desk.submit { engine throws(LedgerFailure) in
      .pending(try engine.note(progress, of: id))
    }
    try Self.expectDone(answer)
  }

  /// Ends a reservation whose request gets no row; with a row, ``append(_:settling:answering:)`` does.
  package func settle(
    _ id: RequestID, used: [Int64], at time: Timestamp
  ) async throws(BudgetStoreFailure) {
    let answer = await desk.submit { engine in
      engine.settle(id, used: used, at: time).map { .pending($0) } ?? .told(.done)
    }
    try Self.expectDone(answer)
  }

  // MARK: Rows

  /// Keeps a row, the end of its reservation and the answer of its idempotency key, all or nothing.
  ///
  /// Returns after the commit. If it fails, nothing was acknowledged: the answer must not be given
  /// out; the row is tried again with every later commit, and until then the request stays on record
  /// as an open one with what it may have cost.
  @discardableResult
  package func append(
    _ entry: LedgerEntry, settling settlement: Settlement?,
    answering answer: IdempotencyAnswer? = nil
  ) async throws(LedgerFailure) -> ChainedEntry {
    let told = await desk.submit { engine throws(LedgerFailure) in
      .pending(try engine.append(entry, settling: settlement, answering: answer))
    }
    switch told {
    case .told(.row(let row)): return row
    case .told(.failure(let failure)): throw failure
    case .told(.done), .told(.claim), .full: preconditionFailure("a row's ticket tells of a row")
    }
  }

  /// Keeps rows that were made elsewhere, in their order: all of them with one commit, or none.
  ///
  /// They charge no budgets. The last of them as it was kept; nil if there are none.
  @discardableResult
  package func append(all entries: [LedgerEntry]) async throws(LedgerFailure) -> ChainedEntry? {
    guard let last = entries.last else { return nil }
    precondition(entries.allSatisfy(\.charges.isEmpty), "what was made elsewhere was charged there")
    let told = await desk.submit { engine throws(LedgerFailure) in
      for entry in entries.dropLast() {
        _ = try engine.append(entry, settling: nil, answering: nil)
      }
      return .pending(try engine.append(last, settling: nil, answering: nil))
    }
    switch told {
    case .told(.row(let row)): return row
    case .told(.failure(let failure)): throw failure
    case .told(.done), .told(.claim), .full: preconditionFailure("a row's ticket tells of a row")
    }
  }

  /// Asks what an idempotency key means for this request; waits while the first one with it runs.
  ///
  /// Whoever is told ``IdempotencyClaim/first`` ends it with ``append(_:settling:answering:)`` or
  /// ``abandon(_:)``.
  package func claim(
    _ key: IdempotencyRecord.Key, body: String, request: RequestID, expiry: Timestamp
  ) async throws(LedgerFailure) -> IdempotencyClaim {
    switch await desk.claim(key, body: body, request: request, expiry: expiry) {
    case .claim(let claim): return claim
    case .failure(let failure): throw failure
    case .done, .row: preconditionFailure("a claim's ticket tells of a claim")
    }
  }

  /// Frees the idempotency key of a request that ends without a row.
  package func abandon(_ request: RequestID) { desk.change { $0.abandon(request) } }

  // MARK: Texts

  /// Keeps the sources of a policy, once for each fingerprint.
  package func keep(_ archive: PolicyArchive) async throws(LedgerFailure) {
    guard desk.isNew(archive.fingerprint) else { return }
    try await keep(.policy(archive))
    desk.know(archive.fingerprint)
  }

  /// Keeps the text of a request until its expiry.
  package func keep(_ text: KeptText) async throws(LedgerFailure) { try await keep(.text(text)) }

  private func keep(_ record: KeptRecord) async throws(LedgerFailure) {
    if case .told(.failure(let failure)) = await desk.submit({ .pending($0.keep(record)) }) {
      throw failure
    }
  }

  private static func expectDone(_ answer: CommitDesk.Answer) throws(BudgetStoreFailure) {
    guard case .told(let outcome) = answer else { return }
    try expectDone(outcome)
  }

  private static func expectDone(_ outcome: LedgerEngine.Outcome) throws(BudgetStoreFailure) {
    if case .failure(let failure) = outcome { throw BudgetStoreFailure(failure.description) }
  }
}
