import Foundation
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import Testing

@Suite struct `Costs` {
  @Test func `the table is there and reads whole`() throws {
    let path = TestPolicy.corpus.appending(path: "costs.txt")
    let rows = try CostRow.rows(String(contentsOf: path, encoding: .utf8))
    #expect(rows.count >= 60)
    print("costs: \(rows.count) rows worked by hand")
  }

  @Test(arguments: CostRow.all)
  func `are what a hand works out`(_ row: CostRow) throws {
    let tariff = Tariff(row.prices)
    let parts = tariff.price(row.usage, inBatch: row.inBatch)
    #expect(parts?.total.nanos == row.nanos)
    #expect(tariff.cost(of: row.usage, inBatch: row.inBatch) == parts?.total)
    guard let parts else { return }
    #expect(parts.isExact == row.isExact)
    let sum =
      parts.input + parts.cachedInput + parts.cacheWrite + parts.cacheWriteLong + parts.output
      + parts.reasoning + parts.fee
    #expect(sum == parts.exact.picos)
  }

  @Test func `are kept by kind`() throws {
    let prices = ModelPrices(
      input: Price(picosPerToken: 3), output: Price(picosPerToken: 5),
      cachedInput: Price(picosPerToken: 2), cacheWrite: Price(picosPerToken: 7),
      cacheWriteLong: Price(picosPerToken: 11), reasoning: Price(picosPerToken: 13),
      perRequest: Money(nanos: 1))
    let parts = try #require(
      Tariff(prices).price(
        Usage(
          input: 100, cachedInput: 10, cacheWrite: 20, cacheWriteLong: 30, output: 50,
          reasoning: 9)))
    let kinds = [
      parts.input, parts.cachedInput, parts.cacheWrite, parts.cacheWriteLong, parts.output,
      parts.reasoning, parts.fee,
    ]
    #expect(kinds == [120, 20, 140, 330, 205, 117, 1000])
    #expect(parts.total == Money(nanos: 2))
  }

  /// A second implementation, in another language and with fractions, over generated cases.
  @Test(arguments: [UInt64(31), 32])
  func `agree with an outside oracle`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let cases = (0..<3_000).map { _ in GeneratedCost(&random) }
    guard let answers = try CostOracle.answers(to: cases.map(\.line)) else {
      print("costs: no python3 here, the outside oracle was not asked")
      return
    }
    try #require(answers.count == cases.count)
    var known = 0
    for (index, generated) in cases.enumerated() {
      #expect(
        generated.answer == answers[index], "seed \(seed), case \(index): \(generated.line)")
      if answers[index] != "?" { known += 1 }
    }
    print("costs: seed \(seed), \(cases.count) cases agree with the oracle, \(known) of them known")
    #expect(known > cases.count / 4)
  }
}
