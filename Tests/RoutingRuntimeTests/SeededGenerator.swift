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

extension SeededGenerator {
  /// A number with any count of bits, so that small and huge ones are as frequent; at times negative.
  mutating func ofAllSizes() -> Int64 {
    let number = Int64(bitPattern: next() >> UInt64.random(in: 1...63, using: &self))
    return oneIn(64) ? -number : number
  }
}

extension ModelPrices {
  /// Prices of every size, most of them without long-context steps.
  static func ofAllSizes(_ random: inout SeededGenerator) -> ModelPrices {
    guard !random.oneIn(4) else { return .random(&random) }
    func price(_ random: inout SeededGenerator) -> Price {
      Price(picosPerToken: max(0, random.ofAllSizes()))
    }
    func maybe(_ random: inout SeededGenerator) -> Price? {
      random.oneIn(2) ? price(&random) : nil
    }
    return ModelPrices(
      input: price(&random), output: random.oneIn(8) ? nil : price(&random),
      cachedInput: maybe(&random), cacheWrite: maybe(&random), reasoning: maybe(&random),
      perRequest: maybe(&random).map { Money(nanos: $0.picosPerToken) })
  }
}

extension Usage {
  /// Figures of every size, some of which cannot be true.
  static func ofAllSizes(_ random: inout SeededGenerator) -> Usage {
    func part(of whole: Int64, _ random: inout SeededGenerator) -> Int64 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: whole
      case 1, 2: whole > 0 ? Int64.random(in: 0...whole, using: &random) : whole
      case 3: random.oneIn(8) ? random.ofAllSizes() : 0
      case _: 0
      }
    }
    let (input, output) = (random.ofAllSizes(), random.ofAllSizes())
    return Usage(
      input: input, cachedInput: part(of: input, &random),
      cacheWrite: random.oneIn(8) ? part(of: input, &random) : 0,
      output: output, reasoning: part(of: output, &random))
  }
}
