#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How sure one may be of a share that was counted: exact one-sided bounds (Clopper and Pearson, 1934).
///
/// 0 wrong of 299 says that at most 1 in 100 is, with 95 % confidence. Floating point, and nothing here
/// is money.
package enum BinomialBounds {
  /// The largest share under which as few as `hits` of `trials` would still come up.
  ///
  /// `confidence` lies between 0 and 1, both excluded.
  package static func upper(_ hits: Int64, of trials: Int64, confidence: Double = 0.95) -> Double {
    guard trials > 0, hits < trials else { return 1 }
    // P(X <= hits) falls as the share rises.
    return root { share in
      BetaFunction.regularized(1 - share, Double(trials - hits), Double(hits + 1))
        > 1 - confidence
    }
  }

  /// The smallest share under which as many as `hits` of `trials` would still come up.
  package static func lower(_ hits: Int64, of trials: Int64, confidence: Double = 0.95) -> Double {
    guard trials > 0, hits > 0 else { return 0 }
    return root { share in
      BetaFunction.regularized(share, Double(hits), Double(trials - hits + 1)) < 1 - confidence
    }
  }

  /// How likely at most `hits` of `trials` are where each comes up with this chance.
  package static func chance(ofAtMost hits: Int64, of trials: Int64, at share: Double) -> Double {
    guard hits < trials else { return 1 }
    return BetaFunction.regularized(1 - share, Double(trials - hits), Double(hits + 1))
  }

  /// Where a test that holds at 0 and fails at 1 turns, to the last bit that matters.
  private static func root(_ holds: (Double) -> Bool) -> Double {
    var low = 0.0
    var high = 1.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// The regularised incomplete beta function, by its continued fraction.
private enum BetaFunction {
  static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    let front =
      a * log(x) + b * log(1 - x) + lgamma(a + b) - lgamma(a) - lgamma(b)
    // The fraction converges quickly on this side only.
    if x < (a + 1) / (a + b + 2) { return exp(front) * fraction(x, a, b) / a }
    return 1 - exp(front) * fraction(1 - x, b, a) / b
  }

  /// Lentz's way through the continued fraction.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var result = d
    for step in 1..<10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 + even * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + even / c
      if abs(c) < tiny { c = tiny }
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 + odd * d
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = 1 + odd / c
      if abs(c) < tiny { c = tiny }
      let change = d * c
      result *= change
      if abs(change - 1) < 1e-15 { break }
    }
    return result
  }
}
