package import PolicyUnits

/// How a call ended, as far as it says something of its deployment.
package enum CallEnd: Hashable, Sendable {
  /// It gave an answer; `firstByte` is nil where nobody measured it.
  case answered(firstByte: Milliseconds?)
  /// It refused this request for what the request is: too long, filtered, wrong in itself.
  case turnedAway
  /// No connection, no answer in time, an answer nobody can read, a key it does not take.
  case failed
  /// Too many requests or tokens; how long it asked to wait, if it did.
  case limited(retryAfter: Milliseconds?)
  /// The caller has gone.
  case cancelled
  /// It never left.
  case notSent
}

/// What a call counts at against `tpm` when it is over.
package enum CountedTokens: Hashable, Sendable {
  case exactly(Int64)
  /// All that was set aside for it.
  case unknown
}
