import PolicyUnits
import Testing

@Suite struct `Bounds on counted shares` {
  /// By summing the binomial itself, to seven digits.
  @Test(
    arguments: [
      (0, 299, 0.0099691), (0, 1, 0.95), (1, 100, 0.0465598), (50, 100, 0.5863783),
      (8140, 10_000, 0.8203821),
    ] as [(Int64, Int64, Double)])
  func `are Clopper's and Pearson's above`(hits: Int64, trials: Int64, upper: Double) {
    let found = BinomialBounds.upper(hits, of: trials)
    #expect(abs(found - upper) < 2e-6, "\(found)")
  }

  @Test func `are mirrored below, and hold what was counted`() {
    for trials in [1, 2, 10, 299, 5000] as [Int64] {
      for hits in stride(from: Int64(0), through: trials, by: max(1, Int(trials / 7))) {
        let low = BinomialBounds.lower(hits, of: trials)
        let high = BinomialBounds.upper(hits, of: trials)
        let share = Double(hits) / Double(trials)
        #expect(low <= share && share <= high)
        let mirrored = 1 - BinomialBounds.upper(trials - hits, of: trials)
        #expect(abs(low - mirrored) < 1e-9)
      }
    }
  }

  @Test func `know nothing of nothing`() {
    #expect(BinomialBounds.upper(0, of: 0) == 1)
    #expect(BinomialBounds.lower(0, of: 0) == 0)
  }
}
