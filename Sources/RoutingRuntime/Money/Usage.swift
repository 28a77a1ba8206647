/// What a provider says a call used, in tokens.
///
/// One convention, whatever the provider's: `input` includes what was cached and what was written to
/// a cache, `output` includes reasoning. The two kinds of writes stand beside each other.
package struct Usage: Hashable, Sendable {
  package var input: Int64
  package var cachedInput: Int64
  /// Written to be kept for minutes.
  package var cacheWrite: Int64
  /// Written to be kept for an hour or longer.
  package var cacheWriteLong: Int64
  package var output: Int64
  package var reasoning: Int64

  package init(
    input: Int64, cachedInput: Int64 = 0, cacheWrite: Int64 = 0, cacheWriteLong: Int64 = 0,
    output: Int64, reasoning: Int64 = 0
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.cacheWrite = cacheWrite
    self.cacheWriteLong = cacheWriteLong
    self.output = output
    self.reasoning = reasoning
  }

  /// Whether the figures can be true: none negative, no part above its whole.
  package var isPlausible: Bool {
    guard min(input, output) >= 0, min(cachedInput, cacheWrite, cacheWriteLong, reasoning) >= 0
    else { return false }
    guard reasoning <= output, cachedInput <= input else { return false }
    guard cacheWrite <= input - cachedInput else { return false }
    return cacheWriteLong <= input - cachedInput - cacheWrite
  }

  /// All tokens, as a limit counts them.
  package var tokens: Int64 { Saturated.sum(input, output) }
}
