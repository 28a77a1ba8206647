/// Products of what a log claims: it may claim anything.
enum Wide {
  /// Exact but for what is below one: nothing it is reckoned with leaves its 128 bits before it does.
  static func share(
    _ whole: Int128, _ part: some BinaryInteger, _ of: some BinaryInteger
  ) -> Int128 {
    let (part, of) = (Int128(part), Int128(of))
    guard of > 0 else { return 0 }
    let (times, rest) = part.quotientAndRemainder(dividingBy: of)
    // The rest is less than its divisor, so what is left of it fits.
    let left = of.dividingFullWidth(whole.multipliedFullWidth(by: rest)).quotient
    return product(whole, times) &+ left
  }

  /// Held at what no money reaches; sums of such wrap.
  static func product(_ a: Int128, _ b: Int128) -> Int128 {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? ((a < 0) == (b < 0) ? .max : .min) : product
  }
}
