import Testing
import TrafficAudit

@Suite struct `Texts without a fingerprint` {
  private static func repeats(_ fields: [String]) -> Int64 {
    AuditedLog(
      fields.enumerated().map { place, more in
        #"{"time":\#(1_700_000_000 + place),"model":"m","cost":0.5,"#
          + #""messages":[{"role":"user","content":"hi"}]\#(more)}"#
      }.joined(separator: "\n"), prices: MadePrices.catalog
    ).report.repeats.ever.requests
  }

  @Test(arguments: [
    #","n":3"#, #","max_tokens":5"#, #","metadata":{"x":"1"}"#, #","temperature":1"#,
    #","user":"u""#, #","tools":[]"#,
  ])
  func `are another question where a field of the request differs`(field: String) {
    #expect(Self.repeats(["", field]) == 0)
    #expect(Self.repeats([field, field]) == 1)
  }

  @Test func `are the same whatever the log adds`() {
    #expect(Self.repeats(["", #","stream":true"#, #","latency_ms":7"#]) == 2)
  }
}
