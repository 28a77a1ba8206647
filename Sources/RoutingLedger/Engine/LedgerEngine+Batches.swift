import RoutingBudgets

extension LedgerEngine {
  /// Records to be committed together, and whom their commit concerns.
  package struct Batch: Sendable {
    /// One for each change, in their order.
    package let records: [LedgerRecord]
    /// The last row's place once the batch is committed.
    package let head: ChainPlace
    /// The last rating's place then.
    let ratings: ChainPlace
    let changes: [Change]
  }

  /// What was taken to be committed, before its rows have their places in the chain.
  ///
  /// Apart from the engine, so that nobody waits for the engine while rows are hashed.
  struct Taken: Sendable {
    fileprivate let changes: [Change]
    fileprivate let tail: ChainPlace
    fileprivate let lastRating: ChainPlace
  }

  /// One queued record and the ticket that waits for it; nil if nobody does any more.
  struct Change: Sendable {
    enum Kind: Sendable {
      /// Rows get their place in the chain when a batch takes them.
      indirect case end(LedgerEntry)
      /// So do ratings in theirs.
      case rating(RatingEntry)
      case record(LedgerRecord)
    }

    let kind: Kind
    let ticket: Ticket?
  }

  /// Everything queued, in order; nil if there is nothing, or while another batch is under way.
  package mutating func takeBatch() -> Batch? { take()?.chained() }

  /// Everything queued, to be chained and committed; nil as for ``takeBatch()``.
  mutating func take() -> Taken? {
    guard hasWork else { return nil }
    let taken = Taken(changes: queue, tail: tail, lastRating: lastRating)
    queue = []
    isCommitting = true
    return taken
  }

  /// Takes in what became of the batch, and says whom to tell what.
  ///
  /// A failed batch undoes its reservations and claims, for nothing was sent; ends, answers and
  /// releases stay queued, ahead of what came since, because what they say has happened.
  package mutating func finish(
    _ batch: Batch, _ result: Result<Void, LedgerFailure>
  ) -> [(ticket: Ticket, outcome: Outcome)] {
    precondition(isCommitting, "a batch is finished once")
    isCommitting = false
    switch result {
    case .success: return commit(batch)
    case .failure(let failure): return undo(batch, because: failure)
    }
  }

  private mutating func commit(_ batch: Batch) -> [(ticket: Ticket, outcome: Outcome)] {
    precondition(batch.head.sequence >= tail.sequence, "the chain only grows")
    tail = batch.head
    lastRating = batch.ratings
    var told: [(ticket: Ticket, outcome: Outcome)] = []
    told.reserveCapacity(batch.records.count)
    for (record, change) in zip(batch.records, batch.changes) {
      var outcome = Outcome.done
      switch record {
      case .end(let row): outcome = .row(row)
      case .idempotency(let record):
        if record.state == .running { outcome = .claim(.first) }
        told += keys.committed(record)
      case .open, .progress, .release, .forget, .policy, .text, .rating, .forgetTexts: break
      }
      if let ticket = change.ticket { told.append((ticket, outcome)) }
    }
    return told
  }

  private mutating func undo(
    _ batch: Batch, because failure: LedgerFailure
  ) -> [(ticket: Ticket, outcome: Outcome)] {
    var told: [(ticket: Ticket, outcome: Outcome)] = []
    var kept: [Change] = []
    for change in batch.changes {
      if let ticket = change.ticket { told.append((ticket, .failure(failure))) }
      switch change.kind {
      case .end: kept.append(Change(kind: change.kind, ticket: nil))
      case .record(.open(let request)):
        let id = request.reservation.id
        _ = book.release(id, at: request.reservation.time)
      case .record(.idempotency(let record)) where record.state == .running:
        told += keys.undo(record, because: failure)
      case .record(.progress), .record(.policy), .record(.text), .rating: break
      case .record: kept.append(Change(kind: change.kind, ticket: nil))
      }
    }
    queue.insert(contentsOf: kept, at: 0)
    return told
  }

  // MARK: Queueing

  mutating func add(_ record: LedgerRecord) -> Ticket {
    let ticket = ticket()
    queue.append(Change(kind: .record(record), ticket: ticket))
    return ticket
  }

  mutating func addRow(_ entry: LedgerEntry) -> Ticket {
    let ticket = ticket()
    queue.append(Change(kind: .end(entry), ticket: ticket))
    return ticket
  }

  mutating func addRating(_ entry: RatingEntry) -> Ticket {
    let ticket = ticket()
    queue.append(Change(kind: .rating(entry), ticket: ticket))
    return ticket
  }

  /// Queues what nobody waits for.
  mutating func addQuietly(_ kind: Change.Kind) {
    queue.append(Change(kind: kind, ticket: nil))
  }
}

extension LedgerEngine.Taken {
  /// Gives every row and every rating its place in its chain.
  func chained() -> LedgerEngine.Batch {
    var place = tail
    var ratings = lastRating
    var records: [LedgerRecord] = []
    records.reserveCapacity(changes.count)
    for change in changes {
      switch change.kind {
      case .record(let record): records.append(record)
      case .end(let entry):
        let row = place.following(entry)
        precondition(row.sequence == place.sequence + 1, "no gaps")
        place = ChainPlace(sequence: row.sequence, hash: row.hash)
        records.append(.end(row))
      case .rating(let entry):
        let rating = ratings.following(entry)
        ratings = rating.place
        records.append(.rating(rating))
      }
    }
    return LedgerEngine.Batch(records: records, head: place, ratings: ratings, changes: changes)
  }
}
