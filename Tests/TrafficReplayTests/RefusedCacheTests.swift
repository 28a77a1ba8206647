import Testing
import TrafficReplay

@Suite struct `A caller that wants no cached answer` {
  private static func report(_ rows: [String]) throws -> ReplayReport {
    let ground = try ReplayGround(
      "route all when prompt.tokens >= 1 { cache exact for 1h  use middle }\n"
        + "otherwise { use middle }")
    return try ground.replay(
      rows.enumerated().map { place, more in
        ReplayGround.line(
          Int64(place), input: 50, output: 10, more: #","body_fingerprint":"x"\#(more)"#)
      }
    ).report
  }

  @Test(arguments: [
    #","cache":"refresh""#, #","cache":"skip""#, #","cache":"no-cache""#,
    #","request":{"model":"m","cache":{"no-cache":true},"messages":[{"role":"user","content":"a"}]}"#,
    #","cache":{"no-cache":true},"messages":[{"role":"user","content":"a"}]"#,
    #","cache":{"no-cache":true}"#, #","cache":"No-Cache""#, #","cache":" no-cache;x""#,
    #","cache":"max-age=0, no-cache""#,
  ])
  func `is no hit`(refusing: String) throws {
    let report = try Self.report(["", refusing, ""])
    #expect(report.comparable == 3)
    #expect(report.hits == 1)
  }

  @Test(arguments: [
    (#""refresh""#, 1), (#""no-cache""#, 1), (#""skip""#, 0), (#""no-store""#, 0),
    (#"{"no-store":true}"#, 0), (#""no-cache, no-store""#, 0), (#""no-store, no-cache""#, 0),
  ])
  func `leaves its own answer to the next, or does not`(word: String, hits: Int64) throws {
    #expect(try Self.report([#","cache":\#(word)"#, ""]).hits == hits)
  }

  @Test(arguments: [
    (#","finish_reason":"length""#, 0), (#","finish_reason":"tool_calls""#, 0),
    (#","finish_reason":"content_filter""#, 0), (#","status":"not_accepted""#, 0),
    (#","status":"answered""#, 1), (#","finish_reason":"stop""#, 1),
    (#","finish_reason":"end_turn""#, 1), (#","finish_reason":"STOP""#, 1),
  ])
  func `finds an answer kept only if it is whole and accepted`(first: String, hits: Int64) throws {
    #expect(try Self.report([first, ""]).hits == hits)
  }
}
