import PolicyUnits
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import RoutingBatches

@Suite struct `Shares of a bill` {
  private static let seed: UInt64 = 411

  private func parts(_ random: inout SplitMix, count: Int) -> [BatchShares.Part] {
    (0..<count).map { _ in
      BatchShares.Part(
        input: Int64.random(in: 0...5_000, using: &random),
        output: Int64.random(in: 0...500, using: &random), money: nil, tokens: nil)
    }
  }

  @Test func `they add up to the bill, kind by kind and to the nano`() throws {
    var random = SplitMix(state: Self.seed)
    for _ in 0..<2_000 {
      let count = Int.random(in: 1...50, using: &random)
      var parts = parts(&random, count: count)
      let input = Int64.random(in: 0...200_000, using: &random)
      let cached = Int64.random(in: 0...input, using: &random)
      let output = Int64.random(in: 0...20_000, using: &random)
      let usage = Usage(
        input: input, cachedInput: cached, output: output,
        reasoning: Int64.random(in: 0...output, using: &random))
      let kinds = CostByKind(
        input: Int128(input - cached) * 133, cachedInput: Int128(cached) * 13, cacheWrite: 0,
        cacheWriteLong: 0, output: Int128(output - usage.reasoning) * 577,
        reasoning: Int128(usage.reasoning) * 577, fee: 1_000_001, isExact: true)
      let bill = CallBill(
        usage: usage, parts: kinds, cost: kinds.cost, tokens: .exact(usage.tokens))
      if Bool.random(using: &random) {
        // What was set aside covers the bill, barely and unevenly.
        let money = Split.of(
          kinds.total.nanos, by: (0..<count).map { _ in Int128.random(in: 0...9, using: &random) })
        let tokens = Split.of(
          usage.tokens, by: (0..<count).map { _ in Int128.random(in: 0...9, using: &random) })
        for place in parts.indices {
          parts[place].money = Money(nanos: money[place])
          parts[place].tokens = tokens[place]
        }
      }
      let shares = BatchShares.of(bill, among: parts)
      #expect(shares.compactMap(\.cost.money).reduce(.zero, +) == kinds.total)
      #expect(shares.compactMap(\.tokens.tokens).reduce(0, +) == usage.tokens)
      let usages = shares.compactMap(\.usage)
      #expect(usages.count == count && usages.allSatisfy(\.isPlausible))
      #expect(usages.reduce(0) { $0 + $1.input } == input)
      #expect(usages.reduce(0) { $0 + $1.cachedInput } == cached)
      #expect(usages.reduce(0) { $0 + $1.output } == output)
      #expect(usages.reduce(0) { $0 + $1.reasoning } == usage.reasoning)
      let given = shares.compactMap(\.parts)
      #expect(given.count == count)
      #expect(given.reduce(Int128(0)) { $0 + $1.input } == kinds.input)
      #expect(given.reduce(Int128(0)) { $0 + $1.output } == kinds.output)
      #expect(given.reduce(Int128(0)) { $0 + $1.fee } == kinds.fee)
      for (share, part) in zip(shares, parts) {
        #expect(share.parts?.total == share.cost.money, "what a row says adds up in the row")
        if let most = part.money, let paid = share.cost.money { #expect(paid <= most) }
        if let most = part.tokens, let used = share.tokens.tokens { #expect(used <= most) }
      }
    }
    print("2000 bills, seed \(Self.seed)")
  }

  @Test func `by largest remainder, the earlier first`() {
    #expect(Split.of(10, by: [1, 1, 1]) == [4, 3, 3])
    #expect(Split.of(10, by: [0, 0]) == [5, 5])
    #expect(Split.of(7, by: [5, 1, 1]) == [5, 1, 1])
    #expect(Split.of(10, by: [98, 1, 1], atMost: [4, 5, 5]) == [4, 3, 3])
    #expect(
      Split.of(10, by: [1, 1], atMost: [3, 3]) == [5, 5], "caps that do not cover it are none")
    #expect(Split.of(.max, by: [.max, .max]).reduce(0) { $0 + Int128($1) } == Int128(Int64.max))
  }

  @Test func `who got no answer pays for what it asked, and no more than it set aside`() {
    let usage = Usage(input: 100, output: 50)
    let kinds = CostByKind(
      input: 100_000, cachedInput: 0, cacheWrite: 0, cacheWriteLong: 0, output: 100_000,
      reasoning: 0, fee: 0, isExact: true)
    let shares = BatchShares.of(
      CallBill(usage: usage, parts: kinds, cost: kinds.cost, tokens: .exact(150)),
      among: [
        BatchShares.Part(input: 10, output: 0, money: nil, tokens: nil),
        BatchShares.Part(input: 10, output: 25, money: nil, tokens: nil),
      ])
    #expect(shares[0].usage == Usage(input: 50, output: 0))
    #expect(shares[1].usage == Usage(input: 50, output: 50))
    #expect(shares[0].cost == .exact(Money(nanos: 50)))
    #expect(shares[1].cost == .exact(Money(nanos: 150)))
  }

  @Test func `without figures a bound is shared by what each set aside, and unknown stays unknown`()
  {
    let parts = [
      BatchShares.Part(input: 1, output: 0, money: Money(nanos: 30), tokens: 3),
      BatchShares.Part(input: 1, output: 0, money: Money(nanos: 10), tokens: 1),
    ]
    let bound = CallBill(cost: .atMost(Money(nanos: 20)), tokens: .atMost(4))
    #expect(
      BatchShares.of(bound, among: parts).map(\.cost)
        == [.atMost(Money(nanos: 15)), .atMost(Money(nanos: 5))])
    #expect(
      BatchShares.of(CallBill(cost: .unknown, tokens: .unknown), among: parts).map(\.cost)
        == [.unknown, .unknown])
    let free = BatchShares.of(CallBill(cost: .nothing, tokens: .nothing), among: parts)
    #expect(free.map(\.cost) == [.nothing, .nothing])
  }
}
