import HTTPUpstream
import JSONReading
import OpenAIWire
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
}

extension GatewayGround {
  func send(
    _ method: UpstreamRequest.Method, body question: String
  ) async throws -> UpstreamAnswer {
    try await send(method, "/v1/chat/completions", Self.chat(question))
  }
}
