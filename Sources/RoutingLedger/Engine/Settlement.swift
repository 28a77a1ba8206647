package import RoutingBudgets

/// What a reservation came to, given with the row of its request.
package struct Settlement: Hashable, Sendable {
  /// For each claim of the reservation, in order: what was used of it.
  package let used: [Int64]
  package let time: Timestamp

  package init(used: [Int64], time: Timestamp) {
    self.used = used
    self.time = time
  }
}

/// What the same request under the same idempotency key is to be given again.
package struct IdempotencyAnswer: Hashable, Sendable {
  package let status: Int
  package let body: [UInt8]

  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }
}

/// What an idempotency key means for a request that comes with it.
package enum IdempotencyClaim: Hashable, Sendable {
  /// It is the first: it must end with a row, an `abandon`, or its reservation's expiry.
  case first
  /// The answer the first one was given.
  case answered(IdempotencyAnswer, request: RequestID)
  /// The key was used with another body: an error.
  case otherBody
  /// The first one's process died: nobody knows what the provider did.
  case lost
}

/// What a commit survives.
package enum LedgerMode: String, Hashable, Sendable, CaseIterable {
  /// The death of the process at any instant, and of the machine except for the last moments.
  case crashSafe = "crash safe"
  /// The loss of power too: every commit waits for the disk.
  case durable
}
