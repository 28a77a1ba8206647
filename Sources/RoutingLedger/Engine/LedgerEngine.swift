import PolicyUnits
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

  var book = BudgetBook()
  var keys = IdempotencyTable()
  /// The last committed row.
  var tail: ChainPlace
  /// The last committed rating.
  var lastRating: ChainPlace
  var queue: [Change] = []
  var isCommitting = false
  private var tickets: UInt64 = 0
  /// When kept texts are to be looked at again.
  var nextTextExpiry: Timestamp?
  /// What a lost row says where its request did not.
  let currency: String

  /// The state after a crash or a clean end; what the recovery makes necessary is queued.
  package init(_ recovery: LedgerRecovery, currency: String = "USD", at time: Timestamp) {
    self.currency = currency
    tail = ChainPlace(sequence: recovery.sequence, hash: recovery.hash)
    lastRating = recovery.ratings
    recover(recovery, at: time)
  }

  /// The last committed row's place.
  package var head: ChainPlace { tail }

  /// Whether there is something to commit.
  package var hasWork: Bool { !queue.isEmpty && !isCommitting }

  /// Requests whose reservation counts.
  package var openRequests: [OpenRequest] {
    book.openReservations.map { OpenRequest(reservation: $0.reservation, progress: $0.progress) }
  }

  mutating func ticket() -> Ticket {
    tickets += 1
    return Ticket(number: tickets)
  }

  // MARK: Budgets

  package mutating func used(_ keys: [CounterKey], at time: Timestamp) -> [Int64] {
    book.used(keys.map(\.storable), at: time)
  }

  /// Sets all claims aside or none; granted once the ticket is done.
  package mutating func reserve(
    _ reservation: Reservation, first: Progress
  ) throws(LedgerFailure) -> Reserving {
    let id = reservation.id
    guard book.reservation(of: id) == nil else {
      throw .cannotWrite(reason: "request \(id) has a reservation already")
    }
    if case .full(let claim, let used) = book.reserve(reservation.storable, first: first) {
      return .full(claim, used: used)
    }
    // The book's own, with its time.
    guard let open = book.reservation(of: id) else { preconditionFailure("granted is open") }
    return .pending(add(.open(OpenRequest(reservation: open.reservation, progress: open.progress))))
  }

  /// Says what was used and what the next call may use; the call may be made once the ticket is done.
  package mutating func note(
    _ progress: Progress, of id: RequestID
  ) throws(LedgerFailure) -> Ticket {
    switch book.note(progress, of: id) {
    case .noted: return add(.progress(id, progress))
    case .beyond(let claim):
      throw .beyondReservation(request: id, budget: claim.key.budget)
    case .unknown: throw .expired(request: id)
    }
  }

  /// Ends a reservation without a row of its own; nil if it has ended already.
  ///
  /// What was used still needs a row, because counters are the sums of rows: it gets a bare one.
  package mutating func settle(_ id: RequestID, used: [Int64], at time: Timestamp) -> Ticket? {
    guard let ended = book.settle(id, used: used, at: time) else { return nil }
    freeKey(of: id)
    guard used.contains(where: { $0 > 0 }) else { return add(.release(id)) }
    var entry = bareEntry(of: ended, status: .failed)
    entry.reason = "settled without a row"
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
    entry.makeStorable()
    if let settlement {
      let ended = book.settle(entry.id, used: settlement.used, at: settlement.time)
      guard let ended else { throw .expired(request: entry.id) }
      entry.take(ended)
    }
    if let answer {
      answerKey(of: entry.id, with: answer)
    } else {
      freeKey(of: entry.id)
    }
    return addRow(entry)
  }

  /// Keeps a rating with the next commit; one that fails is forgotten, for nobody was told of it.
  package mutating func rate(_ rating: RatingEntry) -> Ticket { addRating(rating) }

  /// Keeps a text or a policy with the next commit.
  package mutating func keep(_ record: KeptRecord) -> Ticket {
    switch record {
    case .policy(let archive): return add(.policy(archive))
    case .text(let text):
      nextTextExpiry = min(nextTextExpiry ?? text.expiry, text.expiry)
      return add(.text(text))
    }
  }
}

extension LedgerEntry {
  /// Writes what a reservation came to into the row of its request.
  mutating func take(_ ended: EndedReservation) {
    settled = ended.time
    charges = ended.charges.map { ChargeEntry(key: $0.key, amount: $0.amount) }
  }
}

/// What is kept beside the rows.
package enum KeptRecord: Sendable {
  case policy(PolicyArchive)
  case text(KeptText)
}
