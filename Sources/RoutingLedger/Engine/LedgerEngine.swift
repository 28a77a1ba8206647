package import RoutingBudgets

/// The ledger without its disk and its clock: what may happen next, and what must be kept for it.
///
/// Synchronous and deterministic. A call that changes something queues records and returns a
/// ``Ticket``; ``takeBatch()`` hands out everything queued, to be committed together, and
/// ``finish(_:_:)`` says what became of each ticket. One batch is under way at a time.
///
/// A reservation counts from the moment it is asked for, and a settlement too: both rest on one batch
/// or on an earlier one, so a disk never holds a grant without the settlement that made room for it.
package struct LedgerEngine: Sendable {
  /// Names what a caller waits for.
  package struct Ticket: Hashable, Sendable {
    let number: UInt64
  }

  /// What became of a ticket.
  package enum Outcome: Hashable, Sendable {
    case done
    case row(ChainedEntry)
    case claim(IdempotencyClaim)
    case failure(LedgerFailure)
  }

  package enum Reserving: Hashable, Sendable {
    case full(Claim, used: Int64)
    case pending(Ticket)
  }

  package enum Claiming: Hashable, Sendable {
    case decided(IdempotencyClaim)
    case pending(Ticket)
  }

  var book: BudgetBook
  var open: [RequestID: OpenRequest] = [:]
  var keys = IdempotencyTable()
  /// The last committed row.
  var tail: ChainPlace
  var queue: [Change] = []
  var isCommitting = false
  private var tickets: UInt64 = 0
  /// What a lost row says where its request did not.
  let currency: String

  /// The state after a crash or a clean end; what the recovery makes necessary is queued.
  package init(_ recovery: LedgerRecovery, currency: String = "USD", at time: Timestamp) {
    self.currency = currency
    tail = ChainPlace(sequence: recovery.sequence, hash: recovery.hash)
    book = BudgetBook()
    recover(recovery, at: time)
  }

  /// The last committed row's place.
  package var head: ChainPlace { tail }

  /// Whether there is something to commit.
  package var hasWork: Bool { !queue.isEmpty && !isCommitting }

  /// Requests whose reservation counts.
  package var openRequests: [OpenRequest] {
    open.values.sorted { $0.reservation.id < $1.reservation.id }
  }

  mutating func ticket() -> Ticket {
    tickets += 1
    return Ticket(number: tickets)
  }

  // MARK: Budgets

  package mutating func used(_ keys: [CounterKey], at time: Timestamp) -> [Int64] {
    book.used(keys, at: time)
  }

  /// Sets all claims aside or none; granted once the ticket is done.
  package mutating func reserve(
    _ reservation: Reservation, first: Progress
  ) throws(LedgerFailure) -> Reserving {
    let id = reservation.id
    guard open[id] == nil else {
      throw .cannotWrite(reason: "request \(id) already has a reservation")
    }
    check(first, against: reservation)
    if case .full(let claim, let used) = book.reserve(reservation) {
      return .full(claim, used: used)
    }
    let request = OpenRequest(reservation: reservation, progress: first)
    open[id] = request
    return .pending(add(.open(request)))
  }

  /// Says what was used and what the next call may use; the call may be made once the ticket is done.
  package mutating func note(
    _ progress: Progress, of id: RequestID
  ) throws(LedgerFailure) -> Ticket {
    guard var request = open[id] else { throw .expired(request: id) }
    check(progress, against: request.reservation)
    request.progress = progress
    open[id] = request
    return add(.progress(id, progress))
  }

  /// Ends a reservation without a row of its own; nil if it has ended already.
  ///
  /// What was used still needs a row, because counters are the sums of rows: it gets a bare one.
  package mutating func settle(_ id: RequestID, used: [Int64], at time: Timestamp) -> Ticket? {
    guard let request = open[id] else { return nil }
    if used.allSatisfy({ $0 == 0 }) {
      open[id] = nil
      book.release(id)
      freeKey(of: id)
      return add(.release(id))
    }
    var entry = bareEntry(of: request, status: .failed, used: used, at: time)
    entry.reason = "settled without a row"
    close(request, used: used, at: time, in: &entry)
    freeKey(of: id)
    return addRow(entry)
  }

  // MARK: Rows

  /// Queues a row, with the end of its reservation and the answer of its idempotency key.
  ///
  /// The engine writes the row's charges: what its reservation's claims came to.
  package mutating func append(
    _ entry: LedgerEntry, settling settlement: Settlement?, answering answer: IdempotencyAnswer?
  ) throws(LedgerFailure) -> Ticket {
    var entry = entry
    if let settlement {
      guard let request = open[entry.id] else { throw .expired(request: entry.id) }
      close(request, used: settlement.used, at: settlement.time, in: &entry)
    }
    if let answer {
      answerKey(of: entry.id, with: answer)
    } else {
      freeKey(of: entry.id)
    }
    return addRow(entry)
  }

  /// Keeps a text or a policy with the next commit.
  package mutating func keep(_ record: KeptRecord) -> Ticket {
    switch record {
    case .policy(let archive): add(.policy(archive))
    case .text(let text): add(.text(text))
    }
  }

  /// Takes a request's claims off the books and writes what they came to into its row.
  mutating func close(
    _ request: OpenRequest, used: [Int64], at time: Timestamp, in entry: inout LedgerEntry
  ) {
    let reservation = request.reservation
    precondition(used.count == reservation.claims.count, "a figure for each claim")
    precondition(used.allSatisfy { $0 >= 0 }, "what was used is never negative")
    open[reservation.id] = nil
    book.settle(reservation.id, used: used, at: time)
    entry.settled = time
    entry.charges = zip(reservation.claims, used).compactMap { claim, amount in
      guard amount > 0, claim.key.window != .running else { return nil }
      return ChargeEntry(key: claim.key, amount: amount)
    }
  }

  private func check(_ progress: Progress, against reservation: Reservation) {
    let count = reservation.claims.count
    precondition(
      progress.used.count == count && progress.pending.count == count, "a figure for each claim")
    precondition(
      progress.used.allSatisfy { $0 >= 0 } && progress.pending.allSatisfy { $0 >= 0 },
      "progress is never negative")
  }
}

/// What is kept beside the rows.
package enum KeptRecord: Sendable {
  case policy(PolicyArchive)
  case text(KeptText)
}
