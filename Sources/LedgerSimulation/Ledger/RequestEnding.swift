/// How a simulated request can end.
package enum RequestEnding: String, Hashable, Sendable, CaseIterable {
  // What its provider, gates and caller make of it.
  case answered
  case answeredWithoutUsage
  case answeredAfterUnbilledFault
  case answeredAfterBilledFault
  case acceptedAfterRejection
  case rejectedToTheEnd
  case failedUnbilled
  case failedBilled
  case timedOut
  case cancelledBeforeSending
  case cancelledAfterSending
  /// The provider billed more than was asked for.
  case overrun
  /// Nobody ends it: its expiry does.
  case hung
  case cacheHit
  case refusedByGuard

  // What befalls it.
  case refusedByBudget
  case refusedByDisk
  /// Its closing commit failed: the answer was withheld, the row came later.
  case withheld
  case repeated
  case otherBody
  /// Its idempotency key died with an earlier process.
  case keyLost
  /// It expired while it was under way.
  case expired
  case crashedBeforeOpenCommit
  case crashedBeforeCall
  case crashedInCall
  case crashedBeforeNoteCommit
  case crashedBeforeEndCommit

  /// Those that are planned when a request comes.
  static let planned: [RequestEnding] = [
    .answered, .answered, .answered, .answered, .answeredWithoutUsage, .answeredAfterUnbilledFault,
    .answeredAfterBilledFault, .acceptedAfterRejection, .rejectedToTheEnd, .failedUnbilled,
    .failedBilled, .timedOut, .cancelledBeforeSending, .cancelledAfterSending, .overrun, .hung,
    .cacheHit, .refusedByGuard,
  ]
}
