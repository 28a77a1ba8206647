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
}
