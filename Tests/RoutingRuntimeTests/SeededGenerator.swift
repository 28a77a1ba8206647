import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// SplitMix64: the same numbers for the same seed everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True once in `n`.
  mutating func oneIn(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &self) == 0 }
}

extension ModelPrices {
  static func random(_ random: inout SeededGenerator) -> ModelPrices {
    func price(_ random: inout SeededGenerator) -> Price {
      Price(picosPerToken: Int64.random(in: 0...3_000_000, using: &random))
    }
    func maybe(_ random: inout SeededGenerator) -> Price? {
      random.oneIn(3) ? price(&random) : nil
    }
    var prices = ModelPrices(
      input: price(&random), output: price(&random), cachedInput: maybe(&random),
      cacheWrite: maybe(&random), cacheWriteLong: maybe(&random), reasoning: maybe(&random),
      batchInput: maybe(&random), batchOutput: maybe(&random),
      batchCachedInput: random.oneIn(2)
        ? nil
        : [BatchCachedInput.price(price(&random)), .stacks, .none].randomElement(using: &random),
      perRequest: random.oneIn(4) ? Money(nanos: Int64.random(in: 0...9999, using: &random)) : nil)
    var threshold: Int64 = 0
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      threshold += Int64.random(in: 1...3000, using: &random)
      prices.longContext.append(
        LongContextStep(
          threshold: threshold, input: price(&random), output: price(&random),
          cachedInput: maybe(&random), cacheWrite: maybe(&random),
          cacheWriteLong: maybe(&random), appliesToWholeRequest: random.oneIn(2)))
    }
    return prices
  }
}

extension Usage {
  static func random(
    input: ClosedRange<Int64>, output: ClosedRange<Int64>, _ random: inout SeededGenerator
  ) -> Usage {
    let sent = random.oneIn(4) ? input.upperBound : Int64.random(in: input, using: &random)
    let got = random.oneIn(4) ? output.upperBound : Int64.random(in: output, using: &random)
    let cached = random.oneIn(2) ? Int64.random(in: 0...sent, using: &random) : 0
    let written = random.oneIn(2) ? Int64.random(in: 0...(sent - cached), using: &random) : 0
    let long =
      random.oneIn(3) ? Int64.random(in: 0...(sent - cached - written), using: &random) : 0
    let reasoning = random.oneIn(2) ? Int64.random(in: 0...got, using: &random) : 0
    return Usage(
      input: sent, cachedInput: cached, cacheWrite: written, cacheWriteLong: long, output: got,
      reasoning: reasoning)
  }
}
