import RoutingBudgets

extension LedgerEngine {
  /// Records to be committed together, and whom their commit concerns.
  package struct Batch: Sendable {
    package let records: [LedgerRecord]
    /// The last row's place once the batch is committed.
    package let head: ChainPlace
    /// The last rating's place then.
    let ratings: ChainPlace
    let changes: [Change]
    /// The rows in `records`, in the order of the changes that made them.
    let rows: [ChainedEntry]
  }

  /// One queued record and the ticket that waits for it; nil if nobody does any more.
  struct Change: Sendable {
    enum Kind: Sendable {
      /// Rows get their place in the chain when a batch takes them.
      case end(LedgerEntry)
      /// So do ratings in theirs.
      case rating(RatingEntry)
      case record(LedgerRecord)
    }

    let kind: Kind
    let ticket: Ticket?
  }

  /// Everything queued, in order; nil if there is nothing, or while another batch is under way.
  package mutating func takeBatch() -> Batch? {
    guard hasWork else { return nil }
    var place = tail
    var ratings = lastRating
    var records: [LedgerRecord] = []
    var rows: [ChainedEntry] = []
    records.reserveCapacity(queue.count)
    for change in queue {
      switch change.kind {
      case .record(let record): records.append(record)
      case .end(let entry):
        let row = place.following(entry)
        place = ChainPlace(sequence: row.sequence, hash: row.hash)
        rows.append(row)
        records.append(.end(row))
      case .rating(let entry):
        let rating = ratings.following(entry)
        ratings = rating.place
        records.append(.rating(rating))
      }
    }
    let batch = Batch(
      records: records, head: place, ratings: ratings, changes: queue, rows: rows)
    queue = []
    isCommitting = true
    return batch
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
    precondition(batch.head.sequence == tail.sequence + Int64(batch.rows.count), "no gaps")
    tail = batch.head
    lastRating = batch.ratings
    var rows = batch.rows.makeIterator()
    var told: [(ticket: Ticket, outcome: Outcome)] = []
    for change in batch.changes {
      var outcome = Outcome.done
      switch change.kind {
      case .end: if let row = rows.next() { outcome = .row(row) }
      case .record(.idempotency(let record)):
        if record.state == .running { outcome = .claim(.first) }
        told += keys.committed(record)
      case .record, .rating: break
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
