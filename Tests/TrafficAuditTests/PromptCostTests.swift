import PolicySemantics
import PolicyUnits
import RoutingTestSupport
import Testing
import TrafficAudit

@Suite struct `What a system prompt cost` {
  /// Of a token in nanos: 4, cached 1; in calls of more than 1,000 tokens 8, cached 2.
  private static let stepped = AuditPrices(
    models: [
      AuditPrices.Model(
        name: "stepped",
        prices: ModelPrices(
          input: Price(picosPerToken: 4_000), output: Price(picosPerToken: 10_000),
          cachedInput: Price(picosPerToken: 1_000),
          longContext: [
            LongContextStep(
              threshold: 1_000, input: Price(picosPerToken: 8_000),
              output: Price(picosPerToken: 10_000), cachedInput: Price(picosPerToken: 2_000),
              appliesToWholeRequest: true)
          ]))
    ], aliases: [:], currency: "USD")

  private static func row(
    _ input: Int64, cached: Int64 = 0, bill: Int64? = nil, extra: String = ""
  ) -> MadeRow {
    MadeRow(
      time: 1_794_182_400, model: "stepped", input: input, cached: cached, output: 0, cost: bill,
      prompt: "p", extra: extra)
  }

  private static func cost(_ rows: [MadeRow]) throws -> ClosedRange<Int128> {
    let report = AuditedLog(rows.map(\.line).joined(separator: "\n"), prices: stepped).report
    let prompt = try #require(report.prompts.first)
    return try #require(prompt.cost)
  }

  @Test func `is what its tokens cost at the price that held for each call's length`() throws {
    // No longer than 600: at 4 there, and at 8 where the call is past the step.
    #expect(try Self.cost([Self.row(600), Self.row(2_000)]).upperBound == 600 * (4 + 8))
  }

  @Test func `is no more than cached tokens cost where they were cached`() throws {
    // Of 1,000 tokens 900 were cached: a prompt of 1,000 cost 100 × 4 + 900 × 1.
    let rows = Array(repeating: Self.row(1_000, cached: 900), count: 2)
    #expect(try Self.cost(rows).upperBound == 2 * 1_300)
  }

  @Test func `is never more than the bill`() throws {
    let dear = Self.row(1_000, bill: 1_000_000)
    #expect(try Self.cost([Self.row(1_000, bill: 100), dear]).upperBound == 100 + 4_000)
    #expect(try Self.cost([Self.row(1_000, bill: 0), dear]).upperBound == 4_000)
  }

  @Test func `counts each tier it was sent to`() throws {
    let calls = [
      MadeCall(
        model: "stepped", verdict: "rejected", ladder: ("l", 1), input: 500, cost: 2_200),
      MadeCall(model: "stepped", role: "judge", input: 50, cost: 1_000),
      MadeCall(model: "stepped", ladder: ("l", 2), input: 500, cost: 2_200),
    ]
    let row = Self.row(500, bill: 5_400).calling(calls)
    let report = AuditedLog(row.line, prices: Self.stepped).report
    let prompt = try #require(report.prompts.first)
    #expect(prompt.times == 2 && prompt.tokens == 0...500)
    #expect(prompt.cost == 0...4_000)
    #expect(report.inputCost == 4_200)
  }

  @Test func `leaves out calls whose tokens or cost nobody knows, and says how many`() throws {
    var untold = Self.row(600)
    untold.isHit = true
    let line = untold.line.replacing(#","cache":"exact""#, with: "")
    let rows = [Self.row(600), Self.row(600)].map(\.line) + [line]
    let report = AuditedLog(rows.joined(separator: "\n"), prices: Self.stepped).report
    let prompt = try #require(report.prompts.first)
    #expect(prompt.times == 3 && prompt.priced == 2 && prompt.cost == 0...4_800)
  }

  @Test func `holds what it cost wherever the cached tokens stood`() throws {
    let seed: UInt64 = 92
    var random = SplitMix(state: seed)
    for round in 0..<200 {
      // The prompt's words are known, so that it has a least length as well.
      let words = String(repeating: "word ", count: 20 + Int(random.next() % 100))
      let rows = (0..<5).map { _ -> (row: MadeRow, bill: Int64) in
        let input = 200 + Int64(random.next() % 2_000)
        let cached = Int64(random.next() % UInt64(input + 1))
        let extra =
          #","messages":[{"role":"system","content":"\#(words)"},{"role":"user","content":"?"}]"#
        var row = Self.row(input, cached: cached, extra: extra)
        row.prompt = nil
        let (full, cheap): (Int64, Int64) = input > 1_000 ? (8, 2) : (4, 1)
        row.cost = (input - cached) * full + cached * cheap
        return (row, row.cost ?? 0)
      }
      let report = AuditedLog(
        rows.map(\.row.line).joined(separator: "\n"), prices: Self.stepped
      ).report
      let prompt = try #require(report.prompts.first)
      let cost = try #require(prompt.cost)
      // A prompt of its middle length, the cached tokens at the head or at the tail of the input.
      let tokens = (prompt.tokens.lowerBound + prompt.tokens.upperBound) / 2
      var (atHead, atTail): (Int128, Int128) = (0, 0)
      for (row, _) in rows {
        let (full, cheap): (Int64, Int64) = row.input > 1_000 ? (8, 2) : (4, 1)
        let most = min(tokens, row.cached)
        let least = max(0, tokens - (row.input - row.cached))
        atHead += Int128(most * cheap + (tokens - most) * full)
        atTail += Int128(least * cheap + (tokens - least) * full)
      }
      #expect(cost.lowerBound <= atHead && atTail <= cost.upperBound, "round \(round)")
      #expect(cost.upperBound <= rows.reduce(0) { $0 + Int128($1.bill) }, "round \(round)")
    }
    SharedData.say("costs of prompts held against where the cache stood: seed \(seed), 200 logs")
  }
}
