package import PolicySemantics
package import PolicyUnits

/// A model's prices, frozen: the one place where tokens become money.
///
/// Sums are exact in pico-units and rounded up once. A figure that needs an unknown price is nil. A
/// per-request fee the catalog does not name is none.
///
/// A prompt is read in the order cached, written for long, written, fresh; a long-context step for
/// the `rest` begins where the tokens before it reach its threshold. Output costs what the highest
/// step that was reached says.
///
/// A class: every call of every request looks at one, and a struct of this size would be copied.
package final class Tariff: Sendable {
  /// Ascending; empty if input has no price.
  private let bands: [TariffBand]
  /// The same where that is enough for most calls; nil if it is not.
  private let flat: FlatRates?
  private let batch: TariffBand?
  /// Above so many input tokens the catalog has no batch prices.
  private let batchThreshold: Int64
  /// How a batch cuts the input price; nil if the catalog does not say.
  private let cut: BatchCut?
  /// Whether every figure is that of a call in a batch.
  private let isOfBatch: Bool
  private let fee: Money
  private let cheapestInput: Price?
  /// Whether no band is cheaper than one below it, so that more tokens never cost less at most.
  package let isMonotone: Bool

  package init(_ prices: ModelPrices) {
    bands = TariffBand.bands(prices)
    batch = TariffBand.batch(prices)
    batchThreshold = prices.longContext.first?.threshold ?? .max
    cut = BatchCut(prices)
    fee = prices.perRequest ?? .zero
    flat = FlatRates(bands, fee: fee)
    cheapestInput = bands.flatMap { [$0.input.picos, $0.cachedInput?.picos ?? $0.input.picos] }
      .min().map(Price.init)
    isMonotone = zip(bands, bands.dropFirst()).allSatisfy { below, above in
      below.dearestInput <= above.dearestInput && below.input.picos <= above.input.picos
        && below.isOutputAtMost(above)
    }
    isOfBatch = false
  }

  private init(ofBatch tariff: Tariff) {
    bands = tariff.bands
    flat = tariff.flat
    batch = tariff.batch
    batchThreshold = tariff.batchThreshold
    cut = tariff.cut
    fee = tariff.fee
    cheapestInput = tariff.cheapestInput
    isMonotone = tariff.isMonotone
    isOfBatch = true
  }

  /// Whether a call can be bounded at all.
  package var isKnown: Bool {
    isOfBatch ? batch?.dearestOutput != nil : bands.first?.output != nil
  }

  /// The same model's prices in its provider's batch, bounds included; nil if the catalog lacks one.
  package var ofBatch: Tariff? {
    guard batch?.dearestOutput != nil else { return nil }
    return Tariff(ofBatch: self)
  }

  /// What a call settles at; a bound where a price is not known but cannot pass another one, as
  /// ``price(_:inBatch:)`` says.
  ///
  /// Nil for an unknown price or figures that cannot be true. O(long-context steps).
  package func cost(of usage: Usage, inBatch: Bool = false) -> Money? {
    if let flat, !inBatch, !isOfBatch, let cost = flat.cost(of: usage) { return cost }
    return price(usage, inBatch: inBatch)?.total
  }

  /// The same by kind.
  package func price(_ usage: Usage, inBatch: Bool = false) -> CostByKind? {
    guard usage.isPlausible else { return nil }
    var cost = CostByKind()
    cost.fee = Int128(fee.nanos) * 1000
    if inBatch || isOfBatch {
      guard let batch, usage.input <= batchThreshold, cost.addInBatch(usage, batch, cut) else {
        return nil
      }
      return cost
    }
    return add(usage, to: &cost) ? cost : nil
  }

  private func add(_ usage: Usage, to cost: inout CostByKind) -> Bool {
    var first = 0
    var last = 0
    for index in bands.indices.dropFirst() where usage.input > bands[index].threshold {
      last = index
      if bands[index].isWhole { first = index }
    }
    guard last < bands.count else { return false }
    var prompt = PromptTokens(usage)
    for index in first..<last {
      let from = index == first ? 0 : bands[index].threshold
      guard cost.add(prompt.take(bands[index + 1].threshold - from), bands[index]) else {
        return false
      }
    }
    guard cost.add(prompt, bands[last]) else { return false }
    return cost.add(output: usage, bands[last])
  }
}

// MARK: Bounds

extension Tariff {
  /// The least a call with an answer can cost: `input` tokens or more, all cached if that is
  /// cheaper, and no output.
  package func atLeast(input: Int64) -> Money? {
    guard let cheapestInput else { return nil }
    var cost = ExactCost()
    cost.add(max(0, input), at: cheapestInput)
    cost.add(fee)
    return cost.roundedUp
  }

  /// What a call never costs more than, however its tokens are counted: at most `input` tokens sent
  /// and `output` tokens allowed.
  package func atMost(input: Int64, output: Int64, inBatch: Bool = false) -> Money? {
    guard let ceiling = ceiling(input: input, inBatch: inBatch) else { return nil }
    var cost = ceiling.cost
    cost.add(max(0, output), at: ceiling.output)
    return cost.roundedUp
  }

  /// The most output tokens with which a call stays within `money` for certain; nil for an unknown
  /// price, negative if the prompt alone may cost more, `Int64.max` if output is free.
  package func affordableOutput(within money: Money, input: Int64) -> Int64? {
    guard let (cost, perOutput) = ceiling(input: input, inBatch: false) else { return nil }
    let left = Int128(money.nanos) * 1000 - cost.picos
    guard left >= 0 else { return -1 }
    guard perOutput.picosPerToken > 0 else { return .max }
    return Int64(clamping: left / Int128(perOutput.picosPerToken))
  }

  /// The dearest `input` tokens can be, fee included, and the dearest price of an output token.
  private func ceiling(input: Int64, inBatch: Bool) -> (cost: ExactCost, output: Price)? {
    let input = max(0, input)
    if isOfBatch { return ceilingOfBatch(input) }
    guard let base = bands.first, var output = base.dearestOutput else { return nil }
    var cost = ExactCost()
    cost.add(fee)
    guard isMonotone, !inBatch else {
      guard let dearest = dearest(reaching: input, inBatch: inBatch) else { return nil }
      cost.add(input, at: dearest.input)
      return (cost, dearest.output)
    }
    var price = base.dearestInput
    var from: Int64 = 0
    for band in bands.dropFirst() where input > band.threshold {
      if band.isWhole {
        from = 0
        cost = ExactCost()
        cost.add(fee)
      } else {
        cost.add(band.threshold - from, at: price)
        from = band.threshold
      }
      price = band.dearestInput
      output = band.dearestOutput ?? output
    }
    cost.add(input - from, at: price)
    return (cost, output)
  }

  /// Nil above the tokens the catalog has batch prices for.
  private func ceilingOfBatch(_ input: Int64) -> (cost: ExactCost, output: Price)? {
    guard let batch, let output = batch.dearestOutput, input <= batchThreshold else { return nil }
    let rates = [batch.input, batch.cachedInput, batch.cacheWrite, batch.cacheWriteLong]
    let dearest = rates.compactMap(\.self).map { rate in
      let price = Price(picosPerToken: rate.picos)
      return rate.isCut ? cut?.roundedUp(price) ?? price : price
    }.max()
    var cost = ExactCost()
    cost.add(fee)
    cost.add(input, at: dearest ?? batch.dearestInput)
    return (cost, output)
  }

  /// The dearest of all prices that may hold for a request of at most so many tokens.
  private func dearest(reaching input: Int64, inBatch: Bool) -> (input: Price, output: Price)? {
    guard let base = bands.first, var output = base.dearestOutput else { return nil }
    var price = base.dearestInput
    for band in bands.dropFirst() where input > band.threshold {
      price = max(price, band.dearestInput)
      output = max(output, band.dearestOutput ?? output)
    }
    guard inBatch else { return (price, output) }
    guard let batch, let batchOutput = batch.dearestOutput else { return nil }
    let cutPrice = cut.map { $0.roundedUp(batch.dearestInput) } ?? batch.dearestInput
    return (max(price, batch.dearestInput, cutPrice), max(output, batchOutput))
  }
}
