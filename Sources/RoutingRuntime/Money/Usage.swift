/// What a provider says a call used, in tokens.
///
/// One convention, whatever the provider's: `input` includes what was cached and what was written to
/// a cache, `output` includes reasoning.
package struct Usage: Hashable, Sendable {
  package var input: Int64
  package var cachedInput: Int64
  package var cacheWrite: Int64
  package var output: Int64
  package var reasoning: Int64

  package init(
    input: Int64, cachedInput: Int64 = 0, cacheWrite: Int64 = 0, output: Int64,
    reasoning: Int64 = 0
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.cacheWrite = cacheWrite
    self.output = output
    self.reasoning = reasoning
  }

  /// Whether the figures can be true: none negative, no part above its whole.
  package var isPlausible: Bool {
    guard min(input, cachedInput, cacheWrite, output, reasoning) >= 0 else { return false }
    guard reasoning <= output, cachedInput <= input else { return false }
    return cacheWrite <= input - cachedInput
  }
}
