import HTTPUpstream
import JSONReading
import StandInProvider
import Testing

@Suite struct `Refusals, and what comes with them` {
  @Test(arguments: ["", #","stream":true"#])
  func `a limit paces callers, streaming or not`(more: String) async throws {
    let policy = """
      limit one = 1 requests per tenant per minute
      otherwise { use cheap }
      """
    try await GatewayGround.with(policy) { ground in
      let body = GatewayGround.chat("where is it?", more: more)
      _ = try await ground.send(.post, "/v1/chat/completions", body)
      let refused = try await ground.send(.post, "/v1/chat/completions", body)
      #expect(refused.status == 429)
      #expect(refused.head["retry-after"] != nil)
      #expect(refused.head["x-ratelimit-limit-requests"] == "1")
      #expect(refused.head["x-ratelimit-remaining-requests"] == "0")
    }
  }

  @Test(arguments: ["", #","stream":true"#])
  func `a failure under an idempotency key names its request and is not tried again`(
    more: String
  ) async throws {
    let script = Script(rules: [Rule(fault: .halfJSON)])
    try await GatewayGround.with("otherwise { use cheap }", script: script) { ground in
      let body = GatewayGround.chat("where is it?", more: more)
      let headers = [("idempotency-key", "k")]
      let first = try await ground.send(.post, "/v1/chat/completions", body, headers: headers)
      let second = try await ground.send(.post, "/v1/chat/completions", body, headers: headers)
      #expect(second.status == 502)
      #expect(second.head["x-rung-cache"] == "repeated")
      #expect(second.head["x-should-retry"] == "false")
      let error = try JSONText(second.body).root["error"]
      #expect(error?["code"]?.string == "idempotent_failure")
      let name = try #require(first.head["x-request-id"])
      #expect(error?["message"]?.string?.contains("(request \(name))") == true)
    }
  }

  @Test func `a model that is nearly one gets its name`() async throws {
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      let answer = try await ground.send(.get, "/v1/models/chep")
      #expect(answer.status == 404)
      let error = try JSONText(answer.body).root["error"]
      #expect(error?["code"]?.string == "model_not_found")
      #expect(error?["message"]?.string?.contains("did you mean `cheap`?") == true)
    }
  }

  @Test func `an embedder that fails is named`() async throws {
    // The stand-in reads texts only, no tokens.
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      let answer = try await ground.send(
        .post, "/v1/embeddings", #"{"model":"small","input":[[1,2,3],[4]]}"#)
      let error = try JSONText(answer.body).root["error"]
      #expect(error?["message"]?.string?.contains("small at one: ") == true)
    }
  }
}
