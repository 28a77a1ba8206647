import PolicySemantics
import PolicyUnits
import RoutingRuntime
import Testing

@Suite struct `Tariffs` {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let prices: ModelPrices
    let usage: Usage
    /// Worked by hand; nil for unknown.
    let nanos: Int64?
  }

  static let flash = ModelPrices(input: dollars("0.01"), output: dollars("0.25"))
  /// 400 picos a token.
  static let tiny = ModelPrices(input: dollars("0.0004"), output: dollars("0.0004"))
  static let reasoner = ModelPrices(input: dollars("0.35"), output: dollars("2.5"))
  static let steps = ModelPrices(
    input: dollars("1"), output: dollars("2"), cachedInput: dollars("0.1"),
    longContext: [
      LongContextStep(
        threshold: 1000, input: dollars("3"), output: dollars("5"), appliesToWholeRequest: false),
      LongContextStep(
        threshold: 4000, input: dollars("4"), output: dollars("8"), appliesToWholeRequest: true),
    ])

  static func dollars(_ perMillion: String) -> Price {
    Price(picosPerToken: Decimal(perMillion)?.scaled(by: 6) ?? -1)
  }

  static let cases = [
    // 2000 x 10 + 500 x 250 nano-dollars per thousand tokens: $0.000145, as FIELD_NOTES works out.
    Case(
      testDescription: "input and output", prices: flash, usage: Usage(input: 2000, output: 500),
      nanos: 145_000),
    Case(
      testDescription: "a part of a nano-dollar rounds up", prices: tiny,
      usage: Usage(input: 1, output: 1), nanos: 1),
    Case(
      testDescription: "rounding is once, not for each line", prices: tiny,
      usage: Usage(input: 3, output: 3), nanos: 3),
    Case(testDescription: "nothing", prices: flash, usage: Usage(input: 0, output: 0), nanos: 0),
    Case(
      testDescription: "cached input at its own price",
      prices: ModelPrices(
        input: dollars("2.5"), output: dollars("10"), cachedInput: dollars("1.25")),
      usage: Usage(input: 1000, cachedInput: 600, output: 10),
      // 400 x 2500 + 600 x 1250 + 10 x 10000 picos.
      nanos: 1_850_000),
    Case(
      testDescription: "cached input without a price of its own is input", prices: flash,
      usage: Usage(input: 1000, cachedInput: 600, output: 0), nanos: 10_000),
    Case(
      testDescription: "a cache write costs its own price",
      prices: ModelPrices(input: dollars("3"), output: dollars("15"), cacheWrite: dollars("3.75")),
      usage: Usage(input: 1000, cacheWrite: 1000, output: 0), nanos: 3_750_000),
    Case(
      testDescription: "reasoning is output", prices: reasoner,
      usage: Usage(input: 100, output: 1000, reasoning: 900), nanos: 2_535_000),
    Case(
      testDescription: "reasoning priced apart",
      prices: ModelPrices(input: dollars("0.35"), output: dollars("2.5"), reasoning: dollars("3")),
      usage: Usage(input: 100, output: 1000, reasoning: 900), nanos: 2_985_000),
    Case(
      testDescription: "a fee for each request",
      prices: ModelPrices(
        input: dollars("1"), output: dollars("1"), perRequest: Money(nanos: 5_000_000)),
      usage: Usage(input: 1, output: 1), nanos: 5_002_000),
    Case(
      testDescription: "up to the threshold the base price holds", prices: steps,
      usage: Usage(input: 1000, output: 10), nanos: 1_020_000),
    Case(
      testDescription: "beyond it the rest costs more, and so does the output", prices: steps,
      usage: Usage(input: 1500, output: 10), nanos: 2_550_000),
    Case(
      testDescription: "a step for the whole request", prices: steps,
      usage: Usage(input: 4001, output: 10), nanos: 16_084_000),
    Case(
      testDescription: "cached tokens are the first ones", prices: steps,
      usage: Usage(input: 1500, cachedInput: 1200, output: 0),
      // 1000 at 0.1, 500 at 3.
      nanos: 1_600_000),
    Case(
      testDescription: "no input price", prices: ModelPrices(output: dollars("1")),
      usage: Usage(input: 1, output: 1), nanos: nil),
    Case(
      testDescription: "no output price", prices: ModelPrices(input: dollars("1")),
      usage: Usage(input: 1, output: 1), nanos: nil),
    Case(
      testDescription: "no output price and no output", prices: ModelPrices(input: dollars("1")),
      usage: Usage(input: 1, output: 0), nanos: 1000),
    Case(
      testDescription: "negative figures", prices: flash, usage: Usage(input: -1, output: 1),
      nanos: nil),
    Case(
      testDescription: "more cached than sent", prices: flash,
      usage: Usage(input: 1, cachedInput: 2, output: 1), nanos: nil),
    Case(
      testDescription: "huge figures saturate", prices: reasoner,
      usage: Usage(input: .max, output: .max), nanos: .max),
  ]

  @Test(arguments: cases)
  func `usage costs what a hand works out`(_ priced: Case) {
    #expect(Tariff(priced.prices).cost(of: priced.usage)?.nanos == priced.nanos)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `a cost summed at once is that of its kinds`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var atOnce = 0
    for _ in 0..<50_000 {
      let prices = ModelPrices.ofAllSizes(&random)
      let tariff = Tariff(prices)
      var usage = Usage.ofAllSizes(&random)
      for _ in 0..<4 {
        let byKind = tariff.price(usage)?.total
        #expect(tariff.cost(of: usage) == byKind, "seed \(seed) \(prices) \(usage)")
        if byKind != nil, prices.longContext.isEmpty, usage.cacheWrite | usage.cacheWriteLong == 0 {
          atOnce += 1
        }
        usage = Usage.ofAllSizes(&random)
      }
    }
    #expect(atOnce > 10_000, "seed \(seed): too few of them have one price for each kind")
  }

  @Test func `the most output for some money is exact`() {
    let tariff = Tariff(Self.reasoner)
    // 1,000 tokens in cost $0.00035; $0.00065 are left; a token out costs $0.0000025.
    #expect(tariff.affordableOutput(within: Money(nanos: 1_000_000), input: 1000) == 260)
    #expect(tariff.affordableOutput(within: Money(nanos: 999_999), input: 1000) == 259)
    #expect(tariff.affordableOutput(within: Money(nanos: 350_000), input: 1000) == 0)
    #expect(tariff.affordableOutput(within: Money(nanos: 349_999), input: 1000) == -1)
    #expect(Tariff(ModelPrices()).affordableOutput(within: Money(nanos: 1), input: 0) == nil)
    let free = ModelPrices(input: Self.dollars("0"), output: Self.dollars("0"))
    #expect(Tariff(free).affordableOutput(within: .zero, input: 9) == .max)
  }

  @Test func `the least a call costs takes the cheapest price that may apply`() {
    #expect(Tariff(Self.steps).atLeast(input: 1000) == Money(nanos: 100_000))
    #expect(Tariff(Self.flash).atLeast(input: 1000) == Money(nanos: 10_000))
    #expect(Tariff(ModelPrices()).atLeast(input: 1000) == nil)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `bounds hold over generated prices and usage`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var most = 0
    var batches = 0
    for _ in 0..<50_000 {
      let prices = ModelPrices.random(&random)
      let tariff = Tariff(prices)
      let bound = Int64.random(in: 0...6000, using: &random)
      let cap = Int64.random(in: 0...3000, using: &random)
      let usage = Usage.random(input: 0...bound, output: 0...cap, &random)
      guard let cost = tariff.cost(of: usage), let atMost = tariff.atMost(input: bound, output: cap)
      else { continue }
      #expect(cost <= atMost, "seed \(seed) \(prices) \(usage) \(bound) \(cap)")
      if cost == atMost { most += 1 }
      if prices.batchOutput != nil, let inBatch = tariff.cost(of: usage, inBatch: true) {
        let most = tariff.atMost(input: bound, output: cap, inBatch: true)
        #expect(most.map { inBatch <= $0 } ?? false, "seed \(seed) \(prices) \(usage)")
        batches += 1
      }
      let least = tariff.atLeast(input: usage.input)
      #expect(least.map { $0 <= cost } ?? false, "seed \(seed) \(prices) \(usage)")
      let money = Money(nanos: Int64.random(in: 0...20_000_000, using: &random))
      if let output = tariff.affordableOutput(within: money, input: bound), output >= 0 {
        #expect(tariff.atMost(input: bound, output: output).map { $0 <= money } ?? false)
        if output < .max {
          #expect(tariff.atMost(input: bound, output: output + 1).map { $0 > money } ?? false)
        }
      }
    }
    #expect(most > 0 && batches > 1000, "a bound that is never reached is not tight")
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `a batch's tariff bills as a batch does, and its bounds hold`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var bounded = 0
    var reached = 0
    for _ in 0..<50_000 {
      let generated = GeneratedCost(&random)
      let tariff = Tariff(generated.prices)
      guard let batch = tariff.ofBatch else {
        #expect(generated.prices.batchInput == nil || generated.prices.batchOutput == nil)
        continue
      }
      let usage = generated.usage
      let cost = batch.cost(of: usage)
      #expect(cost == tariff.cost(of: usage, inBatch: true), "seed \(seed) \(usage)")
      let (input, cap) = (usage.input, usage.output + Int64.random(in: 0...2, using: &random))
      guard let most = batch.atMost(input: input, output: cap) else {
        // Above its tokens nothing is priced either.
        #expect(cost == nil, "seed \(seed) \(generated.prices) \(usage)")
        continue
      }
      if let cost {
        #expect(cost <= most, "seed \(seed) \(generated.prices) \(usage)")
        bounded += 1
        if cost == most { reached += 1 }
      }
      if let output = batch.affordableOutput(within: most, input: input), output < .max {
        #expect(output >= cap)
        #expect(batch.atMost(input: input, output: output + 1).map { $0 > most } ?? false)
      }
    }
    #expect(bounded > 1000 && reached > 0, "a bound that is never reached is not tight")
  }

  @Test func `a batch at half the price is bounded by half of it`() throws {
    let prices = ModelPrices(
      input: Self.dollars("0.50"), output: Self.dollars("1.50"),
      batchInput: Self.dollars("0.25"), batchOutput: Self.dollars("0.75"))
    let batch = try #require(Tariff(prices).ofBatch)
    #expect(batch.atMost(input: 1000, output: 100) == Money(nanos: 325_000))
    #expect(Tariff(prices).atMost(input: 1000, output: 100) == Money(nanos: 650_000))
    #expect(batch.affordableOutput(within: Money(nanos: 325_000), input: 1000) == 100)
    #expect(Tariff(ModelPrices(input: Self.dollars("1"), output: Self.dollars("1"))).ofBatch == nil)
  }
}
