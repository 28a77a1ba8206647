import PolicyUnits

/// The tokens of a prompt by kind, in the order they are read.
struct PromptTokens {
  var cached: Int64
  var writtenLong: Int64
  var written: Int64
  var fresh: Int64

  init(cached: Int64, writtenLong: Int64, written: Int64, fresh: Int64) {
    self.cached = cached
    self.writtenLong = writtenLong
    self.written = written
    self.fresh = fresh
  }

  /// Of a plausible usage.
  init(_ usage: Usage) {
    self.init(
      cached: usage.cachedInput, writtenLong: usage.cacheWriteLong, written: usage.cacheWrite,
      fresh: usage.input - usage.cachedInput - usage.cacheWrite - usage.cacheWriteLong)
  }

  /// Takes the first tokens out.
  mutating func take(_ count: Int64) -> PromptTokens {
    var left = count
    func some(_ tokens: inout Int64) -> Int64 {
      let taken = min(tokens, left)
      tokens -= taken
      left -= taken
      return taken
    }
    return PromptTokens(
      cached: some(&cached), writtenLong: some(&writtenLong), written: some(&written),
      fresh: some(&fresh))
  }
}

// Each function returns false if a price it needs is unknown.
extension CostByKind {
  mutating func add(_ tokens: PromptTokens, _ band: TariffBand) -> Bool {
    input += Int128(tokens.fresh) * Int128(band.input.picos)
    return add(tokens.cached, at: band.cachedInput, to: \.cachedInput)
      && add(tokens.writtenLong, at: band.cacheWriteLong, to: \.cacheWriteLong)
      && add(tokens.written, at: band.cacheWrite, to: \.cacheWrite)
  }

  mutating func add(output usage: Usage, _ band: TariffBand) -> Bool {
    add(usage.output - usage.reasoning, at: band.output, to: \.output)
      && add(usage.reasoning, at: band.reasoning, to: \.reasoning)
  }

  private mutating func add(
    _ tokens: Int64, at rate: Rate?, to kind: WritableKeyPath<CostByKind, Int128>
  ) -> Bool {
    guard tokens > 0 else { return true }
    guard let rate else { return false }
    self[keyPath: kind] += Int128(tokens) * Int128(rate.picos)
    isExact = isExact && !rate.isBound
    return true
  }
}

// MARK: In a batch

extension CostByKind {
  mutating func addInBatch(_ usage: Usage, _ band: TariffBand, _ cut: BatchCut?) -> Bool {
    let tokens = PromptTokens(usage)
    input += Int128(tokens.fresh) * Int128(band.input.picos)
    // A cut price may be no whole number of pico-units: the kinds share one division, rounded up once.
    var shared = SharedCut(cut)
    return add(tokens.cached, at: band.cachedInput, &shared, to: \.cachedInput)
      && add(tokens.writtenLong, at: band.cacheWriteLong, &shared, to: \.cacheWriteLong)
      && add(tokens.written, at: band.cacheWrite, &shared, to: \.cacheWrite)
      && add(output: usage, band)
  }

  private mutating func add(
    _ tokens: Int64, at rate: Rate?, _ shared: inout SharedCut,
    to kind: WritableKeyPath<CostByKind, Int128>
  ) -> Bool {
    guard tokens > 0, let rate, rate.isCut else { return add(tokens, at: rate, to: kind) }
    guard let picos = shared.add(tokens, rate) else { return false }
    self[keyPath: kind] += picos
    return true
  }

  /// Divides a growing sum so that the parts given out add up to the whole, rounded up.
  private struct SharedCut {
    private let cut: BatchCut?
    private var sum: Int128 = 0
    private var given: Int128 = 0

    init(_ cut: BatchCut?) { self.cut = cut }

    /// Nil without a cut, and beyond what can be counted.
    mutating func add(_ tokens: Int64, _ rate: Rate) -> Int128? {
      guard let cut else { return rate.picos == 0 ? 0 : nil }
      let price = Int128(tokens) * Int128(rate.picos)
      let (product, tooLarge) = price.multipliedReportingOverflow(by: Int128(cut.numerator))
      guard !tooLarge else { return nil }
      let (next, overflows) = sum.addingReportingOverflow(product)
      guard !overflows else { return nil }
      sum = next
      let (quotient, rest) = sum.quotientAndRemainder(dividingBy: Int128(cut.denominator))
      let whole = quotient + (rest > 0 ? 1 : 0)
      defer { given = whole }
      return whole - given
    }
  }
}
