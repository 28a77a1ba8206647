/// What a yes/no gate can already say of an answer that may still grow.
package enum VerdictSoFar: Hashable, Sendable {
  /// Yes, whatever follows.
  case holds
  /// No, whatever follows.
  case fails
  /// What follows may still decide it.
  case open
}
