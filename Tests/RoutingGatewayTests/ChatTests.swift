import HTTPUpstream
import JSONReading
import OpenAIWire
import RoutingLedger
import StandInProvider
import Testing

@Suite struct `Chat over HTTP` {
  static let policy = """
    ladder two(max_budget = $0.05) { tier cheap  tier dear }
    otherwise { use two }
    """

  @Test func `a whole answer names the model that served, its route and its cost`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let answer = try await ground.send(.post, body: "where is the opening hours page?")
      #expect(answer.status == 200)
      #expect(answer.head["x-rung-route"] == "otherwise")
      #expect(answer.head["x-rung-model"] == "cheap")
      #expect(answer.head["x-rung-tier"] == "1/2")
      #expect(answer.head["x-rung-cost-certainty"] == "exact")
      #expect(answer.head["x-request-id"]?.count == 26)
      let json = try JSONText(answer.body).root
      #expect(json["model"]?.string == "cheap")
      #expect(json["id"]?.string == answer.head["x-request-id"].map { "chatcmpl-\($0)" })
    }
  }

  @Test func `a streamed answer is the whole answer in pieces`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let response = try await ground.stream(
        GatewayGround.chat(
          "where is it?", more: #","stream":true,"stream_options":{"include_usage":true}"#))
      #expect(response.status == 200)
      #expect(response.head["x-rung-model"] == "cheap")
      #expect(response.head["content-type"] == "text/event-stream")
      var stream = ChatStream()
      while let piece = try await response.body.next() { _ = stream.feed(piece) }
      #expect(stream.isDone)
      let answer = try stream.finish()
      #expect(answer.model == "cheap")
      #expect(answer.finish == .stop)
      #expect(answer.usage != nil)
      #expect(!answer.text.isEmpty)
    }
  }

  @Test func `calls are counted as the provider counts them, judges' too`() async throws {
    let policy = """
      gate good = judge(dear, "Is it good?")
      ladder two(max_budget = $0.5) { tier cheap accept good >= 0.5  tier dear }
      otherwise { use two }
      """
    try await GatewayGround.with(policy) { ground in
      let answer = try await ground.send(.post, body: "where is it?")
      let judged = try #require(try ground.rows().last?.attempts)
      #expect(judged.map(\.role) == [.answer, .judge])
      #expect(answer.head["x-rung-calls"] == "2")
      #expect(answer.head["x-rung-climbs"] == "0")
      let streamed = try await ground.send(
        .post, "/v1/chat/completions",
        GatewayGround.chat(
          "where?", more: #","stream":true,"stream_options":{"include_usage":true}"#))
      #expect(String(decoding: streamed.body, as: UTF8.self).contains(#""calls":2"#))
    }
  }

  @Test(arguments: [
    ("/v1/chat/completions", #""messages":[{"role":"user","content":"where is it?"}]"#),
    ("/v1/completions", #""prompt":"where is it?""#),
  ])
  func `a stream without figures ends with an estimate that is marked`(
    path: String, asked: String
  ) async throws {
    let script = Script(rules: [Rule(fault: .usageMissing)])
    try await GatewayGround.with(Self.policy, script: script) { ground in
      let answer = try await ground.send(
        .post, path,
        #"{"model":"auto","stream":true,"stream_options":{"include_usage":true},\#(asked)}"#)
      var parser = EventParser()
      let events = try parser.feed(answer.body).map(\.data)
        .filter { $0 != Array("[DONE]".utf8) }.map { try JSONText($0).root }
      let last = try #require(events.last)
      let tokens = try #require(try ground.rows().last?.attempts.last?.tokens)
      #expect(tokens.isEstimated)
      #expect(last["usage"]?["prompt_tokens"]?.integer == tokens.input)
      #expect(last["usage"]?["completion_tokens"]?.integer == tokens.output)
      #expect(last["rung"]?["usage_estimated"]?.bool == true)
    }
  }
}

extension GatewayGround {
  func send(
    _ method: UpstreamRequest.Method, body question: String
  ) async throws -> UpstreamAnswer {
    try await send(method, "/v1/chat/completions", Self.chat(question))
  }
}
