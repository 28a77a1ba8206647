package import RoutingBudgets

/// Where the ledger is kept: batches go in whole or not at all, and come back after a crash.
///
/// SQLite is one; the simulation's disk, which dies, tears and fails by its seed, is another.
/// Only the ledger's commit thread calls it, except where a call says otherwise.
package protocol LedgerDisk: AnyObject, Sendable {
  /// What is there: called once, before anything else.
  func recover(at time: Timestamp) throws(LedgerFailure) -> LedgerRecovery

  /// Keeps all records of a batch, or throws and keeps none.
  ///
  /// When it returns, the batch survives what the ledger's mode promises to survive.
  func commit(_ batch: [LedgerRecord]) throws(LedgerFailure)

  /// Who asked a request that has a committed row; nil if none has.
  ///
  /// Called by any task, also while a batch is being committed or the disk is closed.
  func caller(of request: RequestID) throws(LedgerFailure) -> LedgerEntry.Caller?

  /// Lets go of everything; no other call follows but ``caller(of:)``.
  func close()
}

extension LedgerDisk {
  package func close() {}
}

/// One change, as the engine hands it to the disk.
package enum LedgerRecord: Sendable {
  /// A request is about to make its first call.
  case open(OpenRequest)
  /// It is about to make another.
  case progress(RequestID, Progress)
  /// It has ended: its open record goes, its row comes.
  case end(ChainedEntry)
  /// It ended without a row: nothing was sent.
  case release(RequestID)
  case idempotency(IdempotencyRecord)
  /// The key is free again: its request ended without an answer to repeat, or its time is over.
  case forget(IdempotencyRecord.Key)
  /// The sources of a policy, kept once for each fingerprint.
  case policy(PolicyArchive)
  case text(KeptText)
  /// What a caller said of an answer.
  case rating(ChainedRating)
  /// Removes the texts whose time is over.
  case forgetTexts(before: Timestamp)
}

/// A request whose calls may be under way, as the disk keeps it.
package struct OpenRequest: Hashable, Sendable {
  package var reservation: Reservation
  package var progress: Progress

  package init(reservation: Reservation, progress: Progress) {
    self.reservation = reservation
    self.progress = progress
  }
}

/// A row with its place in the chain: `hash` covers the row and the hash before it.
///
/// An object, because it goes from the chain over the batch and the disk to its caller, and a copy of
/// its seventy fields at every step came to as much as hashing them.
package final class ChainedEntry: Hashable, Sendable {
  /// From 1, without gaps.
  package let sequence: Int64
  package let entry: LedgerEntry
  /// 32 bytes of SHA-256.
  package let hash: [UInt8]

  package init(sequence: Int64, entry: LedgerEntry, hash: [UInt8]) {
    self.sequence = sequence
    self.entry = entry
    self.hash = hash
  }

  package static func == (a: ChainedEntry, b: ChainedEntry) -> Bool {
    a.sequence == b.sequence && a.hash == b.hash && a.entry == b.entry
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(sequence)
    hasher.combine(hash)
  }
}

/// What an idempotency key stands for.
package struct IdempotencyRecord: Hashable, Sendable {
  package struct Key: Hashable, Sendable {
    /// Whose key it is: the same text from two callers is two keys.
    package let owner: String
    package let text: String

    package init(owner: String, text: String) {
      self.owner = owner
      self.text = text
    }
  }

  package enum State: Hashable, Sendable {
    case running
    /// The answer as it was given, to be given again.
    case answered(status: Int, body: [UInt8])
    /// The process died in between: nobody knows what the provider did.
    case lost
  }

  package let key: Key
  /// Of the request's body: another body under the same key is an error.
  package let body: String
  package let request: RequestID
  package var state: State
  package let expiry: Timestamp

  package init(
    key: Key, body: String, request: RequestID, state: State, expiry: Timestamp
  ) {
    self.key = key
    self.body = body
    self.request = request
    self.state = state
    self.expiry = expiry
  }
}

/// Acknowledged rows, and the commits that held them, that a ledger no longer has at its end.
package struct LedgerLoss: Hashable, Sendable {
  package let rows: Int64
  package let commits: Int64
}

/// What a disk held when it was opened.
package struct LedgerRecovery: Sendable {
  /// The last row's place and hash; zero and none in a new ledger.
  package var sequence: Int64
  package var hash: [UInt8]
  /// The last rating's place.
  package var ratings = ChainPlace.start
  /// Sums of what the rows charged, for every window that is not over.
  package var settled: [(key: CounterKey, amount: Int64, time: Timestamp)]
  /// Requests nobody ended.
  package var open: [OpenRequest]
  package var idempotency: [IdempotencyRecord]
  /// When the first of the kept texts is to be removed; nil if there are none.
  package var nextTextExpiry: Timestamp?
  /// What was acknowledged and is no longer there; nil if nothing is known to be missing.
  package var loss: LedgerLoss?
  /// The last row of a request of our own; nil without one, and on disks that do not tell.
  package var last: LastRow?

  package struct LastRow: Hashable, Sendable {
    package let time: Timestamp
    package let currency: String

    package init(time: Timestamp, currency: String) {
      self.time = time
      self.currency = currency
    }
  }

  package init(
    sequence: Int64 = 0, hash: [UInt8] = [],
    settled: [(key: CounterKey, amount: Int64, time: Timestamp)] = [],
    open: [OpenRequest] = [], idempotency: [IdempotencyRecord] = []
  ) {
    self.sequence = sequence
    self.hash = hash
    self.settled = settled
    self.open = open
    self.idempotency = idempotency
  }
}
