import PolicyUnits

/// A share that was counted, with its exact interval at 95 % (Clopper and Pearson).
package struct RateEstimate: Hashable, Sendable {
  package let hits: Int
  package let total: Int

  package init(hits: Int, of total: Int) {
    self.hits = hits
    self.total = total
  }

  /// Nil of nothing.
  package var share: Double? { total > 0 ? Double(hits) / Double(total) : nil }

  /// Each end is right with 97.5 %; from 0 to 1 of nothing.
  package var interval: ClosedRange<Double> {
    let low = BinomialBounds.lower(Int64(hits), of: Int64(total), confidence: 0.975)
    let high = BinomialBounds.upper(Int64(hits), of: Int64(total), confidence: 0.975)
    return low...max(low, high)
  }

  /// The least share that is still believable, at 95 %, of one side.
  package var atLeast: Double { BinomialBounds.lower(Int64(hits), of: Int64(total)) }

  /// The same in millionths, rounded down: a bound is never told as more.
  package var atLeastMillionths: Int64 {
    // What is a whole number of millionths may have come out the last bit below it.
    Int64((atLeast * 1e6 + 1e-6).rounded(.down))
  }
}

/// A mean of whole numbers (nano-units of money, millionths of a score, milliseconds), with its
/// interval at 95 % by the bootstrap.
package struct MeanEstimate: Hashable, Sendable {
  package let count: Int
  package let sum: Int128
  /// In the unit of the values.
  package let interval: ClosedRange<Double>

  /// Samples that are drawn anew.
  package static let samples = 2_000
  /// From so many values on the interval is that of the normal distribution: drawing would show the
  /// same and take long.
  package static let largest = 5_000

  /// Nil of nothing; the same seed gives the same interval.
  ///
  /// O(values × samples).
  package init?(_ values: [Int64], seed: UInt64) {
    guard !values.isEmpty else { return nil }
    count = values.count
    sum = values.reduce(Int128.zero) { $0 + Int128($1) }
    let mean = Double(sum) / Double(values.count)
    if values.count > Self.largest {
      let squares = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      let error = (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
      interval = (mean - 1.959964 * error)...(mean + 1.959964 * error)
      return
    }
    var dice = Dice(seed: seed)
    var means: [Double] = []
    means.reserveCapacity(Self.samples)
    for _ in 0..<Self.samples {
      var drawn = Int128.zero
      for _ in values.indices { drawn += Int128(values[dice.below(values.count)]) }
      means.append(Double(drawn) / Double(values.count))
    }
    means.sort()
    let cut = Self.samples / 40
    interval = means[cut]...means[Self.samples - 1 - cut]
  }

  package var mean: Double { Double(sum) / Double(count) }
}

/// A quantile with its interval at 95 %, which assumes nothing of the values (order statistics).
package struct QuantileEstimate: Hashable, Sendable {
  package let value: Int64
  package let interval: ClosedRange<Int64>

  /// Nil of nothing; by the nearest rank.
  ///
  /// O(n log n).
  package init?(_ quantile: Double, of values: [Int64]) {
    let sorted = values.sorted()
    guard let least = sorted.first, let most = sorted.last else { return nil }
    let count = sorted.count
    let rank = min(count, max(1, Int((quantile * Double(count)).rounded(.up))))
    value = sorted[rank - 1]
    // How many of them lie below the quantile is binomial.
    func atMost(_ hits: Int) -> Double {
      hits < 0 ? 0 : BinomialBounds.chance(ofAtMost: Int64(hits), of: Int64(count), at: quantile)
    }
    /// The first count for which it is true; it stays true then.
    func first(_ holds: (Int) -> Bool) -> Int {
      var (low, high) = (0, count)
      while low < high {
        let middle = (low + high) / 2
        if holds(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let low = first { atMost($0) > 0.025 } - 1
    let high = first { atMost($0) >= 0.975 }
    let lowest = low < 0 ? least : sorted[low]
    let highest = high < count ? sorted[high] : most
    interval = min(lowest, value)...max(highest, value)
  }
}
