import HTTPUpstream
import JSONReading
import OpenAIWire
import PolicyUnits
import RoutingLedger
import StandInProvider
import Testing

@Suite struct `Embeddings over HTTP` {
  static let policy = """
    budget small_change = $0.00001 per tenant per hour
    guard private when question mentions "secret" { refuse "keep it" }
    otherwise { use cheap }
    """

  private func send(
    _ ground: GatewayGround, _ body: String, key: String? = nil
  ) async throws -> (UpstreamAnswer, JSONValue) {
    let answer = try await ground.send(
      .post, "/v1/embeddings", body, headers: key.map { [("idempotency-key", $0)] } ?? [])
    return (answer, try JSONText(answer.body).root)
  }

  @Test func `vectors come with their cost to the nano and a row`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let (answer, json) = try await send(
        ground, #"{"model":"small","input":["one two three","four"],"dimensions":4}"#)
      #expect(answer.status == 200, "\(json["error"]?["message"]?.string ?? "")")
      #expect(json["data"]?.elements.count(where: { _ in true }) == 2)
      #expect(json["model"]?.string == "small")
      let tokens = try #require(json["usage"]?["prompt_tokens"]?.integer)
      #expect(answer.head["x-rung-cost-certainty"] == "exact")
      #expect(answer.head["x-rung-model"] == "small")
      // 0.02 USD per million tokens are 20 nano-dollars each.
      let rows = try ground.rows()
      let row = try #require(rows.last)
      #expect(row.cost == .exact(.init(nanos: tokens * 20)))
      #expect(row.modelServed == "small" && row.modelAsked == "small")
      #expect(row.attempts.map(\.model) == ["small"] && row.attempts.map(\.provider) == ["one"])
      #expect(row.attempts.first?.tokens?.input == tokens)
      #expect(row.charges.map(\.amount) == [tokens * 20])
      if let schema = try OpenAISchema("CreateEmbeddingResponse") {
        #expect(schema.accepts(answer.body))
      }
    }
  }

  @Test(arguments: [
    (#"{"model":"smal","input":"x"}"#, 404, "model_not_found"),
    (#"{"model":"cheap","input":"x"}"#, 404, "model_not_found"),
    (#"{"model":"small","input":"a secret"}"#, 403, "refused_by_guard"),
    (#"{"model":"small","input":[1,2,3]}"#, 400, "unreadable_tokens"),
    (#"{"model":"small"}"#, 400, "missing_field"),
    (#"{"model":"small","input":[]}"#, 400, "wrong_type"),
    (#"{"model":"small","input":["a",1]}"#, 400, "wrong_type"),
    (#"{"model":"small","input":"x","encoding_format":"hex"}"#, 400, "invalid_value"),
    (#"{"model":"small","input":"x","dimensions":0}"#, 400, "invalid_value"),
  ])
  func `what cannot be answered is refused by name`(
    body: String, status: Int, code: String
  ) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let (answer, json) = try await send(ground, body)
      #expect(answer.status == status, "\(json["error"]?["message"]?.string ?? "")")
      #expect(json["error"]?["code"]?.string == code)
    }
  }

  @Test func `a budget ends them before the call that would pass it`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let long = String(repeating: "word ", count: 400)
      let (answer, json) = try await send(ground, #"{"model":"small","input":"\#(long)"}"#)
      #expect(answer.status == 402)
      #expect(json["error"]?["code"]?.string == "budget_exceeded")
      #expect(try ground.rows().last?.status == .refused)
    }
  }

  @Test func `the same key gets the same vectors and pays once`() async throws {
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      let body = #"{"model":"small","input":"one two","encoding_format":"float"}"#
      let (first, _) = try await send(ground, body, key: "k")
      let (second, _) = try await send(ground, body, key: "k")
      #expect(first.status == 200 && first.body == second.body)
      #expect(second.head["x-rung-cache"] == "repeated")
      let (other, json) = try await send(ground, #"{"model":"small","input":"three"}"#, key: "k")
      #expect(other.status == 422 && json["error"]?["code"]?.string == "idempotency_key_reused")
      #expect(try ground.rows().map(\.attempts.count) == [1, 0, 0])
    }
  }
}
