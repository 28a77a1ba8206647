import PolicySemantics
import PolicyUnits

/// What one token of a kind costs.
struct Rate: Hashable, Sendable {
  let picos: Int64
  /// The true price is not known, but it is not above this one.
  var isBound = false
  /// Cut as a batch cuts the input price.
  var isCut = false

  init(_ price: Price, isBound: Bool = false, isCut: Bool = false) {
    picos = price.picosPerToken
    self.isBound = isBound
    self.isCut = isCut
  }
}

/// The prices between two long-context thresholds, or those of a batch; nil is unknown.
struct TariffBand: Sendable {
  /// It holds for requests with more input tokens than this.
  let threshold: Int64
  /// For all of the request, or for the tokens above the threshold.
  let isWhole: Bool
  let input: Rate
  let cachedInput: Rate?
  let cacheWrite: Rate?
  let cacheWriteLong: Rate?
  let output: Rate?
  let reasoning: Rate?

  /// The dearest an input token can be.
  let dearestInput: Price
  /// The dearest an output token can be; nil if output has no price.
  let dearestOutput: Price?

  init(
    threshold: Int64, isWhole: Bool, input: Rate, cachedInput: Rate?, cacheWrite: Rate?,
    cacheWriteLong: Rate?, output: Rate?, reasoning: Rate?
  ) {
    self.threshold = threshold
    self.isWhole = isWhole
    self.input = input
    self.cachedInput = cachedInput
    self.cacheWrite = cacheWrite
    self.cacheWriteLong = cacheWriteLong
    self.output = output
    self.reasoning = reasoning
    let inputs = [cachedInput, cacheWrite, cacheWriteLong].compactMap { $0?.picos }
    dearestInput = Price(picosPerToken: max(input.picos, inputs.max() ?? 0))
    dearestOutput = output.map { Price(picosPerToken: max($0.picos, reasoning?.picos ?? 0)) }
  }
}

extension TariffBand {
  /// Whether output and reasoning cost no more than in another band; false if a price is unknown.
  func isOutputAtMost(_ other: TariffBand) -> Bool {
    guard let output, let dearestOutput, let most = other.output, let dearest = other.dearestOutput
    else { return false }
    return output.picos <= most.picos && dearestOutput <= dearest
  }
}

// MARK: Outside a batch

extension TariffBand {
  /// The base prices, then one band for each long-context step; empty if input has no price.
  static func bands(_ prices: ModelPrices) -> [TariffBand] {
    guard let base = base(prices) else { return [] }
    return [base] + prices.longContext.map { above(base, $0, prices) }
  }

  private static func base(_ prices: ModelPrices) -> TariffBand? {
    guard let input = prices.input else { return nil }
    return TariffBand(
      threshold: 0, isWhole: true, input: Rate(input),
      // No provider takes more for a token it has than for one it has to read.
      cachedInput: prices.cachedInput.map { Rate($0) } ?? Rate(input, isBound: true),
      cacheWrite: written(prices.cacheWrite, input),
      cacheWriteLong: written(prices.cacheWriteLong, input),
      output: prices.output.map { Rate($0) },
      reasoning: (prices.reasoning ?? prices.output).map { Rate($0) })
  }

  /// A written token is an input token first: a lower price says that writing costs nothing more.
  private static func written(_ price: Price?, _ input: Price) -> Rate? {
    price.map { Rate(max($0, input)) }
  }

  private static func above(
    _ base: TariffBand, _ step: LongContextStep, _ prices: ModelPrices
  ) -> TariffBand {
    TariffBand(
      threshold: step.threshold, isWhole: step.appliesToWholeRequest, input: Rate(step.input),
      // As the catalog defines it: without a price of its own the discount ends at the threshold.
      cachedInput: Rate(step.cachedInput ?? step.input),
      cacheWrite: written(step.cacheWrite, step.input) ?? follow(base.cacheWrite, base, step),
      cacheWriteLong: written(step.cacheWriteLong, step.input)
        ?? follow(base.cacheWriteLong, base, step),
      output: Rate(step.output), reasoning: reasoningRate(prices, step.output))
  }

  /// What writing costs above a threshold where only the base says it: nothing more stays nothing
  /// more, a surcharge is unknown.
  private static func follow(
    _ write: Rate?, _ base: TariffBand, _ step: LongContextStep
  ) -> Rate? {
    guard let write, write.picos == base.input.picos else { return nil }
    return Rate(step.input)
  }

  /// What reasoning costs where output costs `output`.
  ///
  /// Where it has a price of its own and this place has none for it, the dearer of the two stands
  /// in.
  static func reasoningRate(_ prices: ModelPrices, _ output: Price) -> Rate {
    guard let own = prices.reasoning, own != prices.output else { return Rate(output) }
    return Rate(max(own, output), isBound: true)
  }
}
