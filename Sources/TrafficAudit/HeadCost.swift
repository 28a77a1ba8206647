import PolicyUnits

/// What tokens at the head of many calls' inputs may have cost: those of a prompt all of them began with.
///
/// Of each call the price that held at its length, the dearer for tokens it had to read, the cheaper for what
/// was cached. Where a bill is below what its input costs by the catalog, prices are cut in that
/// proportion: so no call's part is ever above its bill. Amounts are in parts of a pico (2^-16), so that
/// the rounding of a cut price never reaches a nano.
struct HeadCost: Sendable {
  /// A call as far as its log tells.
  struct Call {
    let input: Int64
    /// Of the input; nil if nobody says.
    let cached: Int64?
    /// Of an input token.
    let price: (full: Price, cached: Price)
    /// In nanos.
    let bill: Int64
    /// Picos of the whole call at the catalog's prices; nil if its output is unknown.
    let reference: Int128?
  }

  /// One token more or less of the prompt in every call, and how much of it is what the dear tokens cost
  /// more than the cheap ones.
  private struct Line: Sendable {
    var cheap: Int128 = 0
    var more: Int128 = 0
    /// ``more`` for all tokens there are of that kind.
    var mostMore: Int128 = 0
  }

  private(set) var calls: Int64 = 0
  private var most = Line()
  private var least = Line()

  mutating func add(_ call: Call) {
    calls += 1
    let (full, cached) = (
      Int128(call.price.full.picosPerToken), Int128(call.price.cached.picosPerToken)
    )
    let (cheap, dear) = (min(full, cached), max(full, cached))
    let fresh = call.cached.map { call.input - $0 }
    // As many dear tokens as there may be, and as few.
    let dearTokens = full >= cached ? fresh : call.cached
    let (mostDear, leastDear) = (dearTokens ?? call.input, dearTokens ?? 0)
    let bill = Int128(call.bill) * 1000
    let input =
      Wide.product(cheap, Int128(call.input - mostDear)) &+ Wide.product(dear, Int128(mostDear))
    Self.add(to: &most, cheap, dear, bill: bill, of: input, tokens: mostDear)
    // The cut may have been the same for all of the call, its output too.
    let whole = max(input, call.reference ?? .max)
    Self.add(to: &least, cheap, dear, bill: bill, of: whole, tokens: call.input - leastDear)
  }

  private static func add(
    to line: inout Line, _ cheap: Int128, _ dear: Int128, bill: Int128, of whole: Int128,
    tokens: Int64
  ) {
    func cut(_ picos: Int128) -> Int128 {
      let fine = Wide.product(picos, 1 << 16)
      return bill >= whole ? fine : Wide.share(fine, bill, whole)
    }
    line.cheap &+= cut(cheap)
    line.more &+= cut(dear) &- cut(cheap)
    line.mostMore &+= Wide.product(cut(dear) &- cut(cheap), Int128(tokens))
  }

  /// Nanos of so many tokens in each of the calls.
  ///
  /// They may stand where the cache ends: at most as many as there are were dear, at least as few.
  func cost(of tokens: ClosedRange<Int64>) -> ClosedRange<Int128> {
    let low = Int128(tokens.lowerBound)
    let high = Int128(tokens.upperBound)
    let cheaper = min(Wide.product(least.more, low), least.mostMore)
    let atLeast = Wide.product(least.cheap &+ least.more, low) &- cheaper
    let dearer = min(Wide.product(most.more, high), most.mostMore)
    let atMost = Wide.product(most.cheap, high) &+ dearer
    let unit: Int128 = 1000 << 16
    return min(atLeast, atMost) / unit...max(atLeast, atMost) / unit
  }
}
