/// An amount of the catalog's currency in nano-units: `$0.50` is 500,000,000.
///
/// Sums saturate at the ends of `Int64` (about 9.2 billion units) instead of overflowing: a bound
/// that is too large stays too large.
package struct Money: Hashable, Comparable, Sendable {
  package let nanos: Int64

  package init(nanos: Int64) { self.nanos = nanos }

  package static let zero = Money(nanos: 0)

  package static func < (a: Money, b: Money) -> Bool { a.nanos < b.nanos }

  package static func + (a: Money, b: Money) -> Money {
    let (sum, overflow) = a.nanos.addingReportingOverflow(b.nanos)
    return Money(nanos: overflow ? (a.nanos < 0 ? .min : .max) : sum)
  }

  package static func - (a: Money, b: Money) -> Money {
    let (difference, overflow) = a.nanos.subtractingReportingOverflow(b.nanos)
    return Money(nanos: overflow ? (a.nanos < 0 ? .min : .max) : difference)
  }

  package static func += (a: inout Money, b: Money) { a = a + b }
}

/// What one token costs, in pico-units of the catalog's currency.
///
/// `$0.25` per million tokens is 250,000 pico-dollars per token: every price a catalog can quote per
/// million tokens with six decimals or fewer is exact.
package struct Price: Hashable, Comparable, Sendable {
  package let picosPerToken: Int64

  package init(picosPerToken: Int64) { self.picosPerToken = picosPerToken }

  package static func < (a: Price, b: Price) -> Bool { a.picosPerToken < b.picosPerToken }
}

/// A sum of price × tokens products in pico-units, rounded up to ``Money`` once, at the end.
package struct ExactCost: Hashable, Comparable, Sendable {
  package private(set) var picos: Int128

  package init(picos: Int128 = 0) { self.picos = picos }

  package static func < (a: ExactCost, b: ExactCost) -> Bool { a.picos < b.picos }

  /// Adds `tokens × price`.
  ///
  /// No overflow: 2^63 × 2^63 fits `Int128`, and sums of a request's few products stay far below
  /// it.
  package mutating func add(_ tokens: Int64, at price: Price) {
    picos += Int128(tokens) * Int128(price.picosPerToken)
  }

  package mutating func add(_ fee: Money) { picos += Int128(fee.nanos) * 1000 }

  /// Rounded up to the nano-unit; saturates at the largest ``Money``.
  package var roundedUp: Money {
    // Most sums fit in 64 bits, where division is many times faster.
    if let small = UInt64(exactly: picos) {
      return Money(nanos: Int64(small / 1000 + (small % 1000 > 0 ? 1 : 0)))
    }
    let (quotient, remainder) = picos.quotientAndRemainder(dividingBy: 1000)
    let nanos = quotient + (remainder > 0 ? 1 : 0)
    return Money(nanos: Int64(clamping: nanos))
  }
}
