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
    return Self.add(tokens.cached, at: band.cachedInput, to: &cachedInput, &isExact)
      && Self.add(tokens.writtenLong, at: band.cacheWriteLong, to: &cacheWriteLong, &isExact)
      && Self.add(tokens.written, at: band.cacheWrite, to: &cacheWrite, &isExact)
  }

  mutating func add(output usage: Usage, _ band: TariffBand) -> Bool {
    Self.add(usage.output - usage.reasoning, at: band.output, to: &output, &isExact)
      && Self.add(usage.reasoning, at: band.reasoning, to: &reasoning, &isExact)
  }

  @inline(__always)
  private static func add(
    _ tokens: Int64, at rate: Rate?, to kind: inout Int128, _ isExact: inout Bool
  ) -> Bool {
    guard tokens > 0 else { return true }
    guard let rate else { return false }
    kind += Int128(tokens) * Int128(rate.picos)
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
    return shared.add(tokens.cached, at: band.cachedInput, to: &cachedInput, &isExact)
      && shared.add(tokens.writtenLong, at: band.cacheWriteLong, to: &cacheWriteLong, &isExact)
      && shared.add(tokens.written, at: band.cacheWrite, to: &cacheWrite, &isExact)
      && add(output: usage, band)
  }

  /// Divides a growing sum so that the parts given out add up to the whole, rounded up.
  private struct SharedCut {
    private let cut: BatchCut?
    private var sum: Int128 = 0
    private var given: Int128 = 0

    init(_ cut: BatchCut?) { self.cut = cut }

    mutating func add(
      _ tokens: Int64, at rate: Rate?, to kind: inout Int128, _ isExact: inout Bool
    ) -> Bool {
      guard tokens > 0, let rate, rate.isCut else {
        return CostByKind.add(tokens, at: rate, to: &kind, &isExact)
      }
      guard let picos = share(tokens, rate) else { return false }
      kind += picos
      return true
    }

    /// Nil without a cut, and beyond what can be counted.
    private mutating func share(_ tokens: Int64, _ rate: Rate) -> Int128? {
      guard let cut else { return rate.picos == 0 ? 0 : nil }
      let price = Int128(tokens) * Int128(rate.picos)
      let (product, tooLarge) = price.multipliedReportingOverflow(by: Int128(cut.numerator))
      guard !tooLarge else { return nil }
      let (next, overflows) = sum.addingReportingOverflow(product)
      guard !overflows else { return nil }
      sum = next
      let whole = cut.dividedUp(sum)
      defer { given = whole }
      return whole - given
    }
  }
}
