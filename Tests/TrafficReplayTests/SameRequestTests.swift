import Testing
import TrafficReplay

@Suite struct `A row with texts and no fingerprint` {
  private static func hits(_ first: String, _ second: String) throws -> Int64 {
    let ground = try ReplayGround(
      "route all when prompt.tokens >= 1 { cache exact for 1h  use middle }\n"
        + "otherwise { use middle }")
    let rows = [first, second].enumerated().map { place, more in
      ReplayGround.line(Int64(place), input: 50, output: 10, more: more)
    }
    let report = try ground.replay(rows).report
    #expect(report.comparable == 2)
    return report.hits
  }

  private static let messages = #","messages":[{"role":"user","content":"hi"}]"#

  @Test(arguments: [
    #","n":3"#, #","max_tokens":5"#, #","metadata":{"x":"1"}"#, #","temperature":1"#,
    #","seed":7"#, #","user":"u""#, #","model_asked":"small""#, #","stop":["a"]"#,
    #","logit_bias":{"1":1}"#, #","top_p":0.5"#,
  ])
  func `says another thing where a field of the request differs`(field: String) throws {
    #expect(try Self.hits(Self.messages, Self.messages + field) == 0)
    #expect(try Self.hits(Self.messages + field, Self.messages + field) == 1)
  }

  @Test(arguments: ["", #","stream":true"#, #","latency_ms":7"#, #","finish_reason":"stop""#])
  func `says the same whatever the log adds and however it is handed over`(more: String) throws {
    #expect(try Self.hits(Self.messages, Self.messages + more) == 1)
  }

  @Test func `says another thing where its request does, or a fact beside it`() throws {
    func request(_ more: String) -> String {
      #","request":{"model":"m","messages":[{"role":"user","content":"hi"}]\#(more)}"#
    }
    #expect(try Self.hits(request(""), request("")) == 1)
    #expect(try Self.hits(request(""), request(#","temperature":1"#)) == 0)
    #expect(try Self.hits(request(""), request("") + #","metadata":{"x":"1"}"#) == 0)
  }
}
