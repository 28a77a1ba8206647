import PolicyGraph
import PolicySemantics
import PolicyUnits
import Testing
import TrafficLog

@testable import TrafficReplay

@Suite struct `A request a policy has no call for` {
  @Test(arguments: [
    ("budget tiny = $0.000000001 per request\notherwise { use large }", "tiny"),
    ("limit short = 10 tokens per request\notherwise { use large }", "short"),
    (
      "gate long = length >= 20 chars\n"
        + "ladder two(max_budget = $0.000000001) { tier small accept long  tier large }\n"
        + "otherwise { use two }", "two"
    ),
  ])
  func `is refused under the name of what bounds it`(policy: String, name: String) throws {
    let report = try ReplayGround(policy).replay([ReplayGround.line(0, input: 1000, output: 10)])
      .report
    #expect(report.leftOut.map(\.reason) == [.refused(.noCallLeft(under: name))])
  }

  @Test func `names no bound where its prompt is too long`() throws {
    let report = try ReplayGround("otherwise { use small }")
      .replay([ReplayGround.line(0, input: 9_000, output: 10)]).report
    #expect(report.leftOut.map(\.reason) == [.refused(.noCallLeft(under: nil))])
  }

  @Test(arguments: [Int64.max, .min, -1, 1 << 41])
  func `that lists more tokens than can be is no row`(tokens: Int64) throws {
    let calls =
      #""attempts":[{"model":"large","provider":"p","upstream":"u","upstream_served":null,"#
      + #""region":null,"ladder":null,"tier":null,"fallback":false,"attempt":1,"verdict":"accepted","#
      + #""reason":null,"gates":[],"tokens":{"input":\#(tokens),"cached_input":0,"cache_write":0,"#
      + #""cache_write_long":0,"output":1,"reasoning":0,"estimated":false},"parts":[],"cost":"0.00","#
      + #""cost_nanos":0,"certainty":"exact","reserved_nanos":null,"max_output":null,"#
      + #""http_status":200,"first_byte_ms":1,"latency_ms":2,"price_date":null,"role":"answer"}]"#
    let decider = try ReplayGround("otherwise { use large }").decider
    let date = try #require(CalendarDate(daysSince1970: 0))
    var log = TrafficLog(
      Replay.reading(for: decider),
      anyMoment: LocalMoment(date: date, weekday: .thursday, hour: 0))
    let line = #"{"time":1700000000,"model":"large",\#(calls)}"#
    log.read(.bytes(Array((line + "\n").utf8))) { _, _, _ in Issue.record("it was read") }
    #expect(
      log.problems.map(\.description) == [
        "line 1: `attempts[0].tokens` has numbers of tokens that cannot be"
      ])
  }
}
