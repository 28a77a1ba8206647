import HTTPUpstream
import JSONReading
import PolicyUnits
import RoutingLedger
import StandInProvider
import Testing

/// What callers and rows are told of how an answer came about.
@Suite struct `What became of a request` {
  private static let climbing = """
    gate long = length >= 60 chars
    ladder two { tier cheap accept long  tier dear }
    otherwise { use two }
    """
  private static let explained = [("x-rung-explain", "1")]

  private static func happened(_ body: [UInt8]) throws -> JSONValue {
    try #require(try JSONText(body).root["rung_explanation"]?["happened"])
  }

  @Test func `stands in its explanation, plain, streamed and where it failed`() async throws {
    let script = Script(rules: [
      Rule(model: "cheap", answer: "too short"),
      Rule(model: "dear", answer: String(repeating: "long ", count: 20)),
    ])
    try await GatewayGround.with(Self.climbing, script: script) { ground in
      let plain = try await ground.send(
        body: GatewayGround.chat("hi"), headers: Self.explained)
      let told = try Self.happened(plain.body)
      let attempts = (told["attempts"]?.elements).map(Array.init) ?? []
      #expect(attempts.map { $0["model"]?.string } == ["cheap", "dear"])
      #expect(attempts.map { $0["verdict"]?.string } == ["rejected", "accepted"])
      #expect(attempts.first?["gates"]?.elements.first { _ in true }?["name"]?.string == "long")
      let streamed = try await ground.send(
        body: GatewayGround.chat(
          "hi", more: #","stream":true,"stream_options":{"include_usage":true}"#),
        headers: Self.explained)
      let text = String(decoding: streamed.body, as: UTF8.self)
      #expect(text.contains(#""commit":"ungated""#) && text.contains(#""verdict":"rejected""#))
      let silent = try await ground.send(body: GatewayGround.chat("hi"), headers: [])
      #expect(!String(decoding: silent.body, as: UTF8.self).contains("happened"))
    }
    let down = Script(rules: [Rule(fault: .status500)])
    try await GatewayGround.with(Self.climbing, script: down) { ground in
      let failed = try await ground.send(
        body: GatewayGround.chat("hi"), headers: Self.explained)
      #expect(failed.status == 502)
      let told = try Self.happened(failed.body)
      #expect(told["status"]?.string == "failed")
      #expect(told["attempts"]?.elements.contains { $0["http_status"]?.integer == 500 } == true)
    }
  }

  @Test func `has an estimated usage where its provider gave none, marked in both shapes`()
    async throws
  {
    try await GatewayGround.with(
      "otherwise { use cheap }", script: Script(rules: [Rule(fault: .usageMissing)])
    ) { ground in
      let answer = try await ground.send(body: GatewayGround.chat("hi"), headers: [])
      let root = try JSONText(answer.body).root
      #expect((root["usage"]?["prompt_tokens"]?.integer ?? 0) > 0)
      #expect((root["usage"]?["completion_tokens"]?.integer ?? 0) > 0)
      #expect(root["rung"]?["usage_estimated"]?.bool == true)
    }
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      let answer = try await ground.send(body: GatewayGround.chat("hi"), headers: [])
      #expect(try JSONText(answer.body).root["rung"] == nil, "a provider's figures need no mark")
    }
  }

  @Test(arguments: [false, true])
  func `is a failure where it does not say why it stopped`(streamed: Bool) async throws {
    let script = Script(rules: [Rule(fault: .finishMissing)])
    let body = GatewayGround.chat("hi", more: streamed ? ",\"stream\":true" : "")
    try await GatewayGround.with("otherwise { use cheap }", script: script) { ground in
      let answer = try await ground.send(body: body, headers: [])
      let text = String(decoding: answer.body, as: UTF8.self)
      #expect(text.contains("\"error\""), "\(text)")
      #expect(!text.contains("[DONE]"), "\(text)")
      let row = try #require(try ground.rows().last)
      #expect(row.status == .failed)
    }
  }

  @Test func `is told as a filter's doing in mid-stream too`() async throws {
    try await GatewayGround.with(
      "otherwise { use cheap }", script: Script(rules: [Rule(fault: .finishFiltered)])
    ) { ground in
      let plain = try await ground.send(body: GatewayGround.chat("hi"), headers: [])
      let streamed = try await ground.send(
        body: GatewayGround.chat("hi", more: #","stream":true"#), headers: [])
      for body in [plain.body, streamed.body] {
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.contains(#""code":"content_filter""#), "\(text)")
      }
    }
  }

  @Test(arguments: [
    (Fault.status500, true), (.status503, true), (.status429, true), (.redirect, true),
    (.status502, false), (.status504, false), (.resetMidBody, false),
  ])
  func `costs nothing where the provider says in full that it failed`(
    fault: Fault, isFree: Bool
  ) async throws {
    try await GatewayGround.with(
      "otherwise { use cheap }", script: Script(rules: [Rule(fault: fault)])
    ) { ground in
      let answer = try await ground.send(body: GatewayGround.chat("hi"), headers: [])
      #expect(answer.status >= 400)
      let row = try #require(try ground.rows().last)
      #expect((row.cost == .exact(.zero)) == isFree, "\(row.cost)")
    }
  }

  @Test func `is marked where its provider counts beyond what it was asked for`() async throws {
    try await GatewayGround.with(
      "otherwise { use cheap }", script: Script(rules: [Rule(fault: .usageInflated)])
    ) { ground in
      let answer = try await ground.send(
        body: GatewayGround.chat("hi", more: #","max_tokens":50"#), headers: [])
      #expect(answer.status == 200)
      let row = try #require(try ground.rows().last)
      #expect(row.cost.certainty == .exact, "the bill is believed")
      #expect(row.reason == "overrun" && row.attempts.last?.reason == "overbilled")
      let metrics = try await ground.send(.get, "/metrics").body
      #expect(
        String(decoding: metrics, as: UTF8.self).contains(
          #"rung_overbilled_calls_total{model="cheap",provider="one"} 1"#))
    }
  }

  @Test func `names no address of a provider to its caller`() async throws {
    try await GatewayGround.with(
      "otherwise { use cheap }",
      catalog: { _ in GatewayGround.catalog(at: "http://127.0.0.1:9/v1") }
    ) { ground in
      let answer = try await ground.send(body: GatewayGround.chat("hi"), headers: [])
      let text = String(decoding: answer.body, as: UTF8.self)
      #expect(
        answer.status == 503 && text.contains("cheap at one: it cannot be reached"), "\(text)")
      #expect(!text.contains("127.0.0.1"), "\(text)")
    }
  }
}
