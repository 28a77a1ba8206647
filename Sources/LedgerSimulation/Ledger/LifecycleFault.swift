/// A mistake of the ledger's disk or of who drives it, switched on to show that it is found.
package enum LifecycleFault: String, Hashable, Sendable, CaseIterable {
  // The driver's.

  /// The first call leaves before its reservation is committed.
  case callsBeforeCommit
  /// An answer is given out before its row is committed.
  case acknowledgesBeforeCommit
  /// Later calls leave without saying what they may cost.
  case skipsNotes
  /// Reservations nobody ends are never ended.
  case ignoresExpiry
  /// A request cancelled before it was sent is never released.
  case forgetsCancelled
  /// The same idempotency key calls again.
  case ignoresKeys
  /// One budget that binds is not claimed.
  case omitsClaim
  /// A request's last call is left out of what it settles.
  case settlesTooLittle

  // The disk's.

  /// A commit that fails keeps its first half.
  case keepsHalf
  /// A commit that fails has kept everything.
  case keepsThoughFailing
  /// The last commit before a death is gone.
  case forgetsLast
  /// Open requests do not come back.
  case losesOpen
  /// A charge does not come back.
  case losesCharge
}
