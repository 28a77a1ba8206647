import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What a call costs, from what its provider counted.
enum CostBench {
  static func run(_ report: inout Report) {
    var random = BenchRandom(seed: 17)
    let usages = (0..<10_000).map { _ in usage(&random) }
    measure("cost of a call, every kind of token", Tariff(everyKind), usages, &report)
    measure("cost of a call, with long-context steps", Tariff(inSteps), usages, &report)
    measure(
      "cost of a call, in a batch that stacks", Tariff(everyKind), usages, &report, inBatch: true)
    bound(Tariff(inSteps), usages, &report)
  }

  private static func measure(
    _ name: String, _ tariff: Tariff, _ usages: [Usage], _ report: inout Report,
    inBatch: Bool = false
  ) {
    var sum: Int64 = 0
    let time = Stopwatch.median(runs: 9) {
      for usage in usages { sum &+= tariff.cost(of: usage, inBatch: inBatch)?.nanos ?? 0 }
    }
    report.add(name, time / Double(usages.count), "ns", atMost: 100)
    if sum == 0 { print("nothing was priced") }
  }

  private static func bound(_ tariff: Tariff, _ usages: [Usage], _ report: inout Report) {
    var sum: Int64 = 0
    var violations = 0
    let time = Stopwatch.median(runs: 9) {
      for usage in usages {
        sum &+= tariff.atMost(input: usage.input, output: usage.output)?.nanos ?? 0
      }
    }
    report.add("bound of a call", time / Double(usages.count), "ns")
    for usage in usages {
      guard let cost = tariff.cost(of: usage),
        let most = tariff.atMost(input: usage.input, output: usage.output), cost <= most
      else {
        violations += 1
        continue
      }
    }
    if sum == 0 || violations > 0 { print("\(violations) calls cost more than their bound") }
  }

  private static func usage(_ random: inout BenchRandom) -> Usage {
    let input = Int64(random.below(300_000))
    let cached = Int64(random.below(Int(input) + 1))
    let written = Int64(random.below(Int(input - cached) + 1))
    let long = Int64(random.below(Int(input - cached - written) + 1))
    let output = Int64(random.below(8000))
    return Usage(
      input: input, cachedInput: cached, cacheWrite: written, cacheWriteLong: long,
      output: output, reasoning: Int64(random.below(Int(output) + 1)))
  }

  private static func price(_ picos: Int64) -> Price { Price(picosPerToken: picos) }

  private static let everyKind = ModelPrices(
    input: price(3_000_000), output: price(15_000_000), cachedInput: price(300_000),
    cacheWrite: price(3_750_000), cacheWriteLong: price(6_000_000), reasoning: price(16_000_000),
    batchInput: price(1_500_000), batchOutput: price(7_500_000), batchCachedInput: .stacks,
    perRequest: Money(nanos: 1_000_000))

  private static let inSteps: ModelPrices = {
    var prices = everyKind
    prices.longContext = [
      LongContextStep(
        threshold: 100_000, input: price(4_000_000), output: price(20_000_000),
        cachedInput: price(400_000), cacheWrite: price(5_000_000),
        cacheWriteLong: price(8_000_000), appliesToWholeRequest: false),
      LongContextStep(
        threshold: 200_000, input: price(6_000_000), output: price(22_500_000),
        cachedInput: price(600_000), cacheWrite: price(7_500_000),
        cacheWriteLong: price(12_000_000), appliesToWholeRequest: true),
    ]
    return prices
  }()
}
