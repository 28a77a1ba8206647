/// What one budget or limit must have left for a request to go ahead.
package struct Claim: Hashable, Sendable {
  package let key: CounterKey
  /// The policy's cap, in the key's unit.
  package let cap: Int64
  /// The most the request may use of it; never negative.
  package let amount: Int64

  package init(key: CounterKey, cap: Int64, amount: Int64) {
    self.key = key
    self.cap = cap
    self.amount = amount
  }
}

/// What a request sets aside before its first call: all claims together, or none.
package struct Reservation: Hashable, Sendable {
  package let id: RequestID
  package let claims: [Claim]
  package let time: Timestamp
  /// When it stops counting if nobody ends it: the last deadline of its calls and thirty seconds.
  package let expiry: Timestamp

  package init(id: RequestID, claims: [Claim], time: Timestamp, expiry: Timestamp) {
    self.id = id
    self.claims = claims
    self.time = time
    self.expiry = expiry
  }
}

/// What became of a reservation.
package enum Admission: Hashable, Sendable {
  case granted
  /// The first claim, in order, that did not fit, and what its counter had used.
  case full(Claim, used: Int64)
}

/// How far a running request has come: what would be billed if the process died now.
package struct Progress: Hashable, Sendable {
  /// For each claim of the reservation, in order: what its ended calls used.
  package var used: [Int64]
  /// For each claim: the most the call that is about to be made may use on top.
  package var pending: [Int64]

  package init(used: [Int64], pending: [Int64]) {
    self.used = used
    self.pending = pending
  }
}

/// The counters that budgets and limits are held against.
///
/// One process, many, or a shared server may stand behind it, so every call may wait and may fail,
/// and nothing may be assumed about a counter between two calls. What holds of every
/// implementation:
///
/// - For each counter, at every instant, settled + reserved ≤ cap, for every cap it was granted under.
/// - A reservation is granted for all its claims at once or for none of them.
/// - When a call returns, what it did survives the death of the process.
/// - A reservation that was neither settled nor released ends by itself at its expiry, at what its last
///   ``Progress`` says may have been billed.
/// - Settling or releasing twice changes nothing the second time.
package protocol BudgetStore: Sendable {
  /// What each counter has used, reservations included.
  func used(_ keys: [CounterKey], at time: Timestamp) async throws(BudgetStoreFailure) -> [Int64]

  /// Sets all claims aside or none; `first` is the progress with which the first call leaves.
  func reserve(
    _ reservation: Reservation, first: Progress
  ) async throws(BudgetStoreFailure) -> Admission

  /// Says what has been used so far and what the next call may use; before each later call.
  func note(_ progress: Progress, of id: RequestID) async throws(BudgetStoreFailure)

  /// Replaces the reservation by what was used, a figure for each claim; zeros release it.
  func settle(
    _ id: RequestID, used: [Int64], at time: Timestamp
  ) async throws(BudgetStoreFailure)
}

/// Why the counters could not be asked: nothing may be spent under a budget then.
package struct BudgetStoreFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line for the operator, without a full stop.
  package let description: String

  package init(_ description: String) { self.description = description }
}
