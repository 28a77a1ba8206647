/// When the answer of a call may go out to a caller who streams.
package enum StreamDelivery: String, Hashable, Sendable {
  /// As it comes: no gate stands before it.
  case passesThrough = "passes_through"
  /// When its gates have spoken, at its end.
  case held
  /// When its gates have spoken, which may be before its end: as soon as no later text can change what
  /// they say.
  case heldUntilCertain = "held_until_certain"
}
