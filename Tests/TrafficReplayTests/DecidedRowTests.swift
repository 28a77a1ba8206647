import PolicySemantics
import PolicyUnits
import RoutingRuntime
import Testing

@testable import TrafficReplay

/// What is said of one row, for whoever explains it.
@Suite struct `One row of a log` {
  @Test func `expects of one row what was said of its tiers and what was logged`() throws {
    let ground = try ReplayGround(
      """
      gate long = length >= 20 chars
      ladder two { tier small accept long  tier large }
      otherwise { use two }
      """)
    var rates = ReplayRates()
    rates.acceptance = [ModelID(0): Acceptance(share: Share(millionths: 250_000), source: "said")]
    let line = #"{"time":1700000000000,"model":"large","input_tokens":1000,"output_tokens":500}"#
    var decided: DecidedRow?
    _ = try ground.replay([line], rates: rates) {
      row, texted, log, replay, _ in
      decided = try? replay.decided(row, texted, of: log)
    }
    let row = try #require(decided)
    #expect(row.input == nil)
    #expect(row.expectations.output == 500)
    // The ladder begins with the small model and comes to the large one three times in four.
    #expect(row.decision.cost.expected == .known(Money(nanos: 20_000 + 7_500_000 * 3 / 4)))
  }

  @Test func `is priced at the logged tokens with its texts too`() throws {
    let ground = try ReplayGround("otherwise { use middle }")
    let texts = #","messages":[{"role":"user","content":"a few words"}]"#
    var decided: DecidedRow?
    let report = try ground.replay([
      ReplayGround.line(0, input: 1000, output: 500, more: texts)
    ]) { row, texted, log, replay, _ in
      decided = try? replay.decided(row, texted, of: log)
    }.report
    let row = try #require(decided)
    #expect(row.input != nil)
    #expect(report.cost.expected == Int128(100_000 + 150_000))
    #expect(row.decision.cost.expected == .known(Money(nanos: 100_000 + 150_000)))
  }

  @Test func `costs what was logged of several answers, however many there were`() throws {
    let ground = try ReplayGround("otherwise { use middle }")
    for more in [#","n":3"#, #","n":3,"messages":[{"role":"user","content":"a few words"}]"#] {
      var decided: DecidedRow?
      let report = try ground.replay([ReplayGround.line(0, input: 1000, output: 91, more: more)]) {
        row, texted, log, replay, _ in decided = try? replay.decided(row, texted, of: log)
      }.report
      let row = try #require(decided)
      // 1000 × 0.1 and 91 × 0.3, not 93.
      #expect(row.decision.cost.expected == .known(Money(nanos: 100_000 + 27_300)))
      #expect(report.cost.expected == 127_300)
    }
  }

  @Test func `has one answer of several at its share of the logged tokens`() throws {
    let ground = try ReplayGround("otherwise { use middle }")
    var decided: DecidedRow?
    let report = try ground.replay([
      ReplayGround.line(0, input: 1000, output: 600, more: #","n":3"#)
    ]) { row, texted, log, replay, _ in
      decided = try? replay.decided(row, texted, of: log)
    }.report
    let row = try #require(decided)
    #expect(row.expectations.answers == 600)
    #expect(
      row.decision.cost.expected == .known(Money(nanos: Int64(try #require(report.cost.expected)))))
  }

  @Test(arguments: ["", #","messages":[{"role":"user","content":"a few words"}]"#])
  func `is priced with what its own model had in the cache, as the sums are`(
    texts: String
  ) throws {
    let more = #","cached_input_tokens":900"# + texts
    let line = ReplayGround.line(0, model: "middle", input: 1000, output: 500, more: more)
    // 100 × 0.1, 900 × 0.01 and 500 × 0.3; another model has none of the prompt.
    for (model, nanos) in [("middle", 10_000 + 9_000 + 150_000), ("large", 2_500_000 + 5_000_000)] {
      var decided: DecidedRow?
      let report = try ReplayGround("otherwise { use \(model) }").replay([line]) {
        row, texted, log, replay, _ in decided = try? replay.decided(row, texted, of: log)
      }.report
      let row = try #require(decided)
      #expect(report.cost.expected == Int128(nanos), "\(model)")
      #expect(row.decision.cost.expected == .known(Money(nanos: Int64(nanos))), "\(model)")
    }
  }
}
