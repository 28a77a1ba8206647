import PolicyUnits

/// The prices of a model without long-context steps, for the calls that most are: nothing was written
/// to a cache, and every figure is of ordinary size.
///
/// One sum in 64 bits, the same to the nano-unit as the sum by kind in 128.
struct FlatRates: Sendable {
  private let input: UInt64
  private let cachedInput: UInt64
  private let output: UInt64
  private let reasoning: UInt64
  /// In pico-units.
  private let fee: UInt64

  /// Tokens and pico-units for one of them are below this, so that no sum reaches 64 bits: the products
  /// of the prompt's tokens come to less than 2^62 together, and so do those of the answer's.
  private static let limit: Int64 = 1 << 31
  /// In nano-units, so that the fee is below 2^62 as well.
  private static let mostFee: Int64 = 1 << 52

  /// Nil with long-context steps, without one of the prices, or for prices of no ordinary size.
  init?(_ bands: [TariffBand], fee: Money) {
    guard bands.count == 1, let band = bands.first,
      let input = Self.ordinary(band.input), let cachedInput = Self.ordinary(band.cachedInput),
      let output = Self.ordinary(band.output), let reasoning = Self.ordinary(band.reasoning),
      (0..<Self.mostFee).contains(fee.nanos)
    else { return nil }
    self.input = input
    self.cachedInput = cachedInput
    self.output = output
    self.reasoning = reasoning
    self.fee = UInt64(fee.nanos) * 1000
  }

  private static func ordinary(_ rate: Rate?) -> UInt64? {
    guard let rate, (0..<limit).contains(rate.picos) else { return nil }
    return UInt64(rate.picos)
  }

  /// What a call settles at, rounded up; nil for another kind of call and for figures that cannot be
  /// true.
  @inline(__always)
  func cost(of usage: Usage) -> Money? {
    // A negative number has a bit above all that are allowed.
    let figures = usage.input | usage.cachedInput | usage.output | usage.reasoning
    guard (0..<Self.limit).contains(figures), usage.cacheWrite | usage.cacheWriteLong == 0,
      usage.cachedInput <= usage.input, usage.reasoning <= usage.output
    else { return nil }
    let picos =
      UInt64(truncatingIfNeeded: usage.input &- usage.cachedInput) &* input
      &+ UInt64(truncatingIfNeeded: usage.cachedInput) &* cachedInput
      &+ UInt64(truncatingIfNeeded: usage.output &- usage.reasoning) &* output
      &+ UInt64(truncatingIfNeeded: usage.reasoning) &* reasoning
      &+ fee
    return Money(nanos: Int64(truncatingIfNeeded: (picos &+ 999) / 1000))
  }
}
