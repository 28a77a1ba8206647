import HTTPUpstream
import RoutingGateway
import Testing

@Suite struct `A gateway that is watched` {
  static let policy = """
    gate long_enough = length >= 5000 chars
    ladder two(max_budget = 0.50) { tier cheap accept long_enough  tier dear }
    otherwise { use two }
    """

  @Test func `exports what it has served`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      for _ in 0..<3 {
        _ = try await ground.send(.post, "/v1/chat/completions", GatewayGround.chat("hello there"))
      }
      _ = try await ground.send(.get, "/v1/models")
      _ = try await ground.send(.post, "/v1/chat/completions", "{")
      _ = try await RawCaller.ask("nonsense\r\n\r\n", of: ground.port)
      let answer = try await ground.send(.get, "/metrics")
      #expect(answer.status == 200)
      #expect(answer.head["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
      let text = String(decoding: answer.body, as: UTF8.self)
      let expected = [
        #"rung_requests_total{endpoint="/v1/chat/completions",outcome="answered","#
          + #"route="otherwise",status="200"} 3"#,
        #"rung_requests_total{endpoint="/v1/models",outcome="answered",route="none","#
          + #"status="200"} 1"#,
        #"rung_malformed_requests_total{code="malformed_request"} 1"#,
        #"rung_escalations_total{gate="long_enough",route="otherwise"} 3"#,
        #"rung_gate_verdicts_total{gate="long_enough",verdict="rejected"} 3"#,
        #"rung_ledger_commit_seconds_count 3"#,
        #"rung_requests_in_flight 0"#,
      ]
      for line in expected { #expect(text.contains(line + "\n"), "\(line)\n\(text)") }
      #expect(text.contains(#"rung_circuit_state{provider="one""#))
      #expect(text.contains("rung_policy_info{version=\"\(ground.gateway.policy.version)\"} 1"))
    }
  }
}
