/// Something a run did that must never be: the seed replays it.
package struct Finding: Hashable, Sendable, CustomStringConvertible {
  package let seed: UInt64
  /// Which step of the run.
  package let step: Int
  package let what: Violation
  /// Where and by how much.
  package let detail: String

  package var description: String { "seed \(seed), step \(step): \(what.rawValue): \(detail)" }
}

/// What must never be.
package enum Violation: String, Hashable, Sendable, CaseIterable {
  case capPassed = "settled and reserved are more than the cap"
  case miscounted = "a counter differs from the model"
  case fitRefused = "a request that fits was refused"
  case stuck = "something is reserved though all is quiet"
  case unrecorded = "a provider bills what is not on record"
  case lostRow = "an acknowledged row is gone"
  case doubleRow = "a request has two rows"
  case brokenChain = "rows do not follow each other"
  case rowsDiffer = "a counter is not the sum of its rows"
  case billedTwice = "one idempotency key was answered by two calls"
  case otherAnswer = "a repeat was given another answer"
}
