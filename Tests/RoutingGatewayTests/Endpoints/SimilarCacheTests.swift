import HTTPUpstream
import JSONReading
import OpenAIWire
import RoutingLedger
import RoutingTestSupport
import StandInProvider
import Testing

@testable import RoutingGateway

@Suite struct `The similar cache over HTTP` {
  private static let policy = """
    otherwise {
      cache similar >= 0.6 by words for 1h
      use cheap
    }
    """

  private static let reset = "How do I reset my password?"
  private static let again = "How can I reset my password?"

  @Sendable private static func catalog(at address: String) -> String {
    GatewayGround.catalog(at: address)
      + "\n  words: {provider: one, upstream: words-1, prices: {input: 0.02}}"
  }

  private static func ask(_ ground: GatewayGround, _ body: String) async throws -> UpstreamAnswer {
    try await ground.send(.post, "/v1/chat/completions", body)
  }

  @Test func `a hit says so, how near it is, and what the encoder cost`() async throws {
    try await GatewayGround.with(Self.policy, catalog: Self.catalog) { ground in
      let first = try await Self.ask(ground, GatewayGround.chat(Self.reset))
      #expect(first.head["x-rung-cache"] == "miss")
      #expect(first.head["x-rung-cache-similarity"] == nil)
      #expect(first.head["x-rung-calls"] == "2")
      let second = try await Self.ask(ground, GatewayGround.chat(Self.again))
      #expect(second.status == 200 && second.head["x-rung-cache"] == "similar")
      let similarity = try #require(
        second.head["x-rung-cache-similarity"].flatMap(Double.init))
      #expect((0.6...1).contains(similarity))
      #expect(second.head["x-rung-model"] == "cheap" && second.head["x-rung-calls"] == "1")
      let cost = try #require(second.head["x-rung-cost-usd"].flatMap(Double.init))
      #expect(cost > 0 && cost < 0.00001)
      let texts = try [first, second].map { try ChatResponse($0.body).text }
      #expect(texts[0] == texts[1] && !texts[0].isEmpty)
      let name = try #require(first.head["x-request-id"])
      let rows = try ground.rows()
      #expect(rows.last?.savings.cache?.hasPrefix("similar 0.") == true)
      #expect(rows.last?.savings.cache?.hasSuffix(name) == true)
      let other = try await Self.ask(ground, GatewayGround.chat("How can I reset your password?"))
      #expect(other.head["x-rung-cache"] == "miss")
      let stats = try JSONText(try await ground.send(.get, "/admin/cache").body).root
      #expect(stats["questions"]?.integer == 2 && stats["similar_hits"]?.integer == 1)
      let lines = [
        #"rung_cache_requests_total{route="otherwise",use="similar"} 1"#,
        #"rung_cache_similar_total{result="hit",route="otherwise"} 1"#,
        #"rung_cache_similar_total{result="miss",route="otherwise"} 1"#,
        #"rung_cache_similar_total{result="guarded",route="otherwise"} 1"#,
      ]
      // A request is counted once its answer has left.
      var metrics = ""
      for _ in 0..<200 where !lines.allSatisfy(metrics.contains) {
        metrics = String(decoding: try await ground.send(.get, "/metrics").body, as: UTF8.self)
        try await Task.sleep(for: .milliseconds(10))
      }
      for line in lines { #expect(metrics.contains(line), "\(line)") }
      let purged = try await ground.send(.post, "/admin/cache/purge", #"{"route":"otherwise"}"#)
      #expect(try JSONText(purged.body).root["purged"]?.integer == 2)
      let after = try await Self.ask(ground, GatewayGround.chat(Self.again))
      #expect(after.head["x-rung-cache"] == "miss")
    }
  }

  @Test func `streams replay as streams`() async throws {
    try await GatewayGround.with(Self.policy, catalog: Self.catalog) { ground in
      let stream = #","stream":true,"stream_options":{"include_usage":true}"#
      _ = try await Self.ask(ground, GatewayGround.chat(Self.reset, more: stream))
      let again = try await Self.ask(ground, GatewayGround.chat(Self.again, more: stream))
      #expect(again.head["x-rung-cache"] == "similar")
      #expect(again.head["content-type"]?.hasPrefix("text/event-stream") == true)
      let text = String(decoding: again.body, as: UTF8.self)
      #expect(text.hasSuffix("data: [DONE]\n\n") && text.contains("\"usage\":{"))
      let whole = try await Self.ask(ground, GatewayGround.chat(Self.again))
      #expect(whole.head["x-rung-cache"] == "similar")
    }
  }

  /// F6: what else is in the request makes it another.
  @Test func `each field of a request in turn makes no hit`() async throws {
    guard let bytes = try SharedData.bytes(of: "openai_openapi_subset.json", for: "similar fields")
    else {
      return
    }
    let schemas = try #require(try JSONText(bytes).root["components"]?["schemas"])
    let schema = try #require(schemas["CreateChatCompletionRequest"])
    let described = DescribedSchema(schemas: schemas)
    let handing: Set<String> = ["messages", "model", "stream", "stream_options", "cache"]
    try await GatewayGround.with(Self.policy, catalog: Self.catalog) { ground in
      _ = try await Self.ask(ground, GatewayGround.chat(Self.reset))
      var (tried, refused, hits) = (0, 0, 0)
      for (name, property) in described.properties(of: schema) where !handing.contains(name) {
        let sample = String(decoding: described.sample(property), as: UTF8.self)
        let answer = try await Self.ask(
          ground, GatewayGround.chat(Self.reset, more: #","\#(name)":\#(sample)"#))
        tried += 1
        if answer.status >= 400 { refused += 1 }
        if ["similar", "hit"].contains(answer.head["x-rung-cache"]) { hits += 1 }
      }
      let same = try await Self.ask(ground, GatewayGround.chat(Self.reset))
      #expect(same.head["x-rung-cache"] == "similar")
      SharedData.say(
        "similar cache: \(tried) fields in turn, \(refused) refused by name, \(hits) hits")
      #expect(hits == 0 && tried - refused >= 15)
    }
  }
}
