import Testing
import TrafficAudit

@Suite struct `Callers that want no cached answer` {
  private static func repeats(_ words: [String]) -> AuditRepeats {
    AuditedLog(
      words.enumerated().map { place, more in
        #"{"time":\#(1_700_000_000 + place),"model":"m","cost":0.5,"body_fingerprint":"x"\#(more)}"#
      }.joined(separator: "\n"), prices: MadePrices.catalog
    ).report.repeats
  }

  @Test(arguments: [
    #","cache":"refresh""#, #","cache":"skip""#, #","cache":"no-cache""#,
    #","cache":{"no-cache":true}"#, #","request":{"cache":{"no-cache":true}}"#,
  ])
  func `repeat what a cache would not have answered`(refusing: String) {
    let repeats = Self.repeats(["", refusing, ""])
    #expect(repeats.ever.requests == 2)
    #expect(repeats.hour.requests == 1 && repeats.day.requests == 1)
  }

  @Test func `leave nothing to the next where nothing is kept`() {
    #expect(Self.repeats([#","cache":"refresh""#, ""]).hour.requests == 1)
    #expect(Self.repeats([#","cache":"skip""#, ""]).hour.requests == 0)
    #expect(Self.repeats([#","cache":"no-store""#, ""]).day.requests == 0)
  }

  @Test(arguments: [
    (#","finish_reason":"length""#, 0), (#","finish_reason":"tool_calls""#, 0),
    (#","finish_reason":"content_filter""#, 0), (#","finish_reason":"max_tokens""#, 0),
    (#","status":"not_accepted""#, 0), (#","status":"not_accepted","finish_reason":"stop""#, 0),
    (#","status":"answered""#, 1), (#","finish_reason":"stop""#, 1),
    (#","finish_reason":"end_turn""#, 1), (#","finish_reason":"STOP""#, 1),
    (#","finish_reason":"""#, 1),
  ])
  func `find an answer kept only if it is whole and accepted`(first: String, hits: Int64) {
    let repeats = Self.repeats([first, ""])
    #expect(repeats.ever.requests == 1)
    #expect(repeats.hour.requests == hits && repeats.day.requests == hits)
  }
}
