package import PolicySemantics
package import PolicyUnits

/// A model's prices, frozen: the one place where tokens become money.
///
/// Sums are exact in pico-units and rounded up once. A figure that needs an unknown price is nil. A
/// per-request fee the catalog does not name is none.
package struct Tariff: Sendable {
  private let prices: ModelPrices
  /// The dearest an input token can be over the base price: cache writes cost more with some.
  private let inputSurcharge: Int64
  /// Whether no long-context step is cheaper than what holds below it, so that more tokens never
  /// cost less.
  package let isMonotone: Bool

  package init(_ prices: ModelPrices) {
    self.prices = prices
    let input = prices.input?.picosPerToken ?? 0
    let dearest = max(
      input, prices.cacheWrite?.picosPerToken ?? 0, prices.cachedInput?.picosPerToken ?? 0)
    self.inputSurcharge = dearest - input
    var isMonotone = true
    var below = (input: prices.input, output: prices.output)
    for step in prices.longContext {
      if let input = below.input, step.input < input { isMonotone = false }
      if let output = below.output, step.output < output { isMonotone = false }
      below = (step.input, step.output)
    }
    self.isMonotone = isMonotone
  }

  /// Whether a call can be bounded at all.
  package var isKnown: Bool { prices.input != nil && prices.output != nil }

  /// What a call settles at.
  ///
  /// Cached tokens are the first ones of a prompt; beyond a long-context threshold they are billed
  /// in full, as no catalog says otherwise. Nil for an unknown price or figures that cannot be
  /// true.
  package func cost(of usage: Usage) -> Money? {
    guard usage.isPlausible, let base = prices.input else { return nil }
    guard let walk = walk(usage.input), usage.output == 0 || prices.output != nil else {
      return nil
    }
    var cost = walk.input
    if let cached = prices.cachedInput {
      let tokens = min(usage.cachedInput, walk.baseTokens)
      cost.add(tokens, at: Price(picosPerToken: cached.picosPerToken - base.picosPerToken))
    }
    if let write = prices.cacheWrite, write > base {
      cost.add(
        usage.cacheWrite, at: Price(picosPerToken: write.picosPerToken - base.picosPerToken))
    }
    if let reasoning = prices.reasoning {
      cost.add(usage.reasoning, at: reasoning)
      cost.add(usage.output - usage.reasoning, at: walk.output)
    } else {
      cost.add(usage.output, at: walk.output)
    }
    if let fee = prices.perRequest { cost.add(fee) }
    return cost.roundedUp
  }

  /// The least a call with an answer can cost: `input` tokens or more, all cached if that is
  /// cheaper, and no output.
  package func atLeast(input: Int64) -> Money? {
    guard let base = prices.input else { return nil }
    var cheapest = min(base, prices.cachedInput ?? base)
    for step in prices.longContext { cheapest = min(cheapest, step.input) }
    var cost = ExactCost()
    cost.add(max(0, input), at: cheapest)
    if let fee = prices.perRequest { cost.add(fee) }
    return cost.roundedUp
  }

  /// What a call never costs more than: at most `input` tokens sent and `output` tokens allowed.
  package func atMost(input: Int64, output: Int64) -> Money? {
    guard let ceiling = ceiling(input: input) else { return nil }
    var cost = ceiling.cost
    cost.add(max(0, output), at: ceiling.output)
    return cost.roundedUp
  }

  /// The most output tokens with which a call stays within `money` for certain; nil for an unknown
  /// price, negative if the prompt alone may cost more, `Int64.max` if output is free.
  package func affordableOutput(within money: Money, input: Int64) -> Int64? {
    guard let (cost, perOutput) = ceiling(input: input) else { return nil }
    let left = Int128(money.nanos) * 1000 - cost.picos
    guard left >= 0 else { return -1 }
    guard perOutput.picosPerToken > 0 else { return .max }
    return Int64(clamping: left / Int128(perOutput.picosPerToken))
  }

  /// The dearest `input` tokens can be, fee included, and the dearest price of an output token.
  private func ceiling(input: Int64) -> (cost: ExactCost, output: Price)? {
    let input = max(0, input)
    guard let walk = walk(input), prices.output != nil else { return nil }
    var cost = walk.input
    var output = walk.output
    if !isMonotone, let base = prices.input {
      var dearest = base
      for step in prices.longContext where input > step.threshold {
        dearest = max(dearest, step.input)
        output = max(output, step.output)
      }
      output = max(output, prices.output ?? output)
      cost = ExactCost()
      cost.add(input, at: dearest)
    }
    cost.add(input, at: Price(picosPerToken: inputSurcharge))
    if let reasoning = prices.reasoning { output = max(output, reasoning) }
    if let fee = prices.perRequest { cost.add(fee) }
    return (cost, output)
  }

  /// Walks the long-context steps that `tokens` passes.
  ///
  /// `baseTokens` are those still at the base price.
  private func walk(_ tokens: Int64) -> (input: ExactCost, output: Price, baseTokens: Int64)? {
    guard var price = prices.input else { return nil }
    var output = prices.output ?? Price(picosPerToken: 0)
    var cost = ExactCost()
    var from: Int64 = 0
    var baseTokens = tokens
    for step in prices.longContext where tokens > step.threshold {
      if step.appliesToWholeRequest {
        cost = ExactCost()
        from = 0
        baseTokens = 0
      } else {
        cost.add(step.threshold - from, at: price)
        from = step.threshold
        baseTokens = min(baseTokens, step.threshold)
      }
      price = step.input
      output = step.output
    }
    cost.add(tokens - from, at: price)
    return (cost, output, baseTokens)
  }
}
