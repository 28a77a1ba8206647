import PolicySemantics
import PolicyUnits

extension TariffBand {
  /// The prices of a batch, below the first long-context threshold; nil if the catalog has none.
  static func batch(_ prices: ModelPrices) -> TariffBand? {
    guard let input = prices.batchInput else { return nil }
    let output = prices.batchOutput
    return TariffBand(
      threshold: 0, isWhole: true, input: Rate(input), cachedInput: cachedInBatch(prices, input),
      cacheWrite: writtenInBatch(prices.cacheWrite, prices, input),
      cacheWriteLong: writtenInBatch(prices.cacheWriteLong, prices, input),
      output: output.map { Rate($0) }, reasoning: output.map { reasoningRate(prices, $0) })
  }

  private static func cachedInBatch(_ prices: ModelPrices, _ input: Price) -> Rate? {
    switch prices.batchCachedInput {
    case .price(let price): return Rate(price)
    case BatchCachedInput.none?: return Rate(input)
    case .stacks:
      return prices.cachedInput.map { Rate($0, isCut: true) } ?? Rate(input, isBound: true)
    case nil:
      // Either discount may be the one that counts; the batch's is a bound if it is the smaller.
      guard let cached = prices.cachedInput else { return Rate(input, isBound: true) }
      return cached <= input ? Rate(input, isBound: true) : nil
    }
  }

  private static func writtenInBatch(
    _ price: Price?, _ prices: ModelPrices, _ input: Price
  ) -> Rate? {
    guard let price, let full = prices.input else { return nil }
    if price <= full { return Rate(input) }
    if prices.batchCachedInput == .stacks { return Rate(price, isCut: true) }
    // A batch makes nothing dearer.
    return Rate(max(price, input), isBound: true)
  }
}

/// How much of the input price a batch leaves, as a fraction in lowest terms.
struct BatchCut: Sendable {
  let numerator: Int64
  let denominator: Int64

  /// Nil without both prices, or where the full one is zero.
  init?(_ prices: ModelPrices) {
    guard let part = prices.batchInput?.picosPerToken, let whole = prices.input?.picosPerToken,
      part >= 0, whole > 0
    else { return nil }
    var (divisor, rest) = (whole, part)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    numerator = part / divisor
    denominator = whole / divisor
  }

  /// A price after the cut, rounded up to the pico-unit.
  func roundedUp(_ price: Price) -> Price {
    let product = Int128(price.picosPerToken) * Int128(numerator)
    return Price(picosPerToken: Int64(clamping: dividedUp(product)))
  }

  /// A sum that is not negative over the denominator, rounded up.
  func dividedUp(_ sum: Int128) -> Int128 {
    // Most sums fit in 64 bits, where division is many times faster.
    if let small = UInt64(exactly: sum) {
      let divisor = UInt64(denominator)
      return Int128(small / divisor + (small % divisor > 0 ? 1 : 0))
    }
    let (quotient, rest) = sum.quotientAndRemainder(dividingBy: Int128(denominator))
    return quotient + (rest > 0 ? 1 : 0)
  }
}
