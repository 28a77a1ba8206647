package import PolicyUnits

/// What one call costs, kind by kind, in pico-units: the parts add up to the whole exactly, and the
/// whole is rounded up once.
package struct CostByKind: Hashable, Sendable {
  /// Of input tokens that were neither read from a cache nor written to one.
  package internal(set) var input: Int128 = 0
  package internal(set) var cachedInput: Int128 = 0
  package internal(set) var cacheWrite: Int128 = 0
  package internal(set) var cacheWriteLong: Int128 = 0
  /// Of output tokens without reasoning.
  package internal(set) var output: Int128 = 0
  package internal(set) var reasoning: Int128 = 0
  package internal(set) var fee: Int128 = 0
  /// False if the catalog does not say what some tokens cost and a price stands in that they do not
  /// pass: then the sum is a bound.
  package internal(set) var isExact = true

  package init() {}

  package init(
    input: Int128, cachedInput: Int128, cacheWrite: Int128, cacheWriteLong: Int128, output: Int128,
    reasoning: Int128, fee: Int128, isExact: Bool
  ) {
    self.input = input
    self.cachedInput = cachedInput
    self.cacheWrite = cacheWrite
    self.cacheWriteLong = cacheWriteLong
    self.output = output
    self.reasoning = reasoning
    self.fee = fee
    self.isExact = isExact
  }

  package var exact: ExactCost {
    ExactCost(
      picos: input + cachedInput + cacheWrite + cacheWriteLong + output + reasoning + fee)
  }

  /// Rounded up to the nano-unit.
  package var total: Money { exact.roundedUp }

  /// The same with its certainty.
  package var cost: CallCost { isExact ? .exact(total) : .atMost(total) }
}
