import HTTPUpstream
import JSONReading
import OpenAIWire
import PolicyUnits
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

@testable import RoutingGateway

@Suite struct `Shared calls over HTTP` {
  private static let policy = """
    otherwise { batch up to 2 within 60s  use cheap max_output 200 tokens }
    """

  private static func body(_ question: String, more: String = "") -> String {
    let rules = (1...40).map { "Rule \($0) says what label \($0 * 7) means. " }.joined()
    return #"{"model":"auto","messages":[{"role":"system","content":"\#(rules)"},"#
      + #"{"role":"user","content":"\#(question)"}]\#(more)}"#
  }

  @Test func `each caller gets an ordinary answer that says with how many it was asked`()
    async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      async let one = ground.send(.post, "/v1/chat/completions", Self.body("Where is it?"))
      async let other = ground.send(.post, "/v1/chat/completions", Self.body("Billed twice"))
      let answers = try await [one, other]
      #expect(answers.map(\.status) == [200, 200])
      #expect(answers.map { $0.head["x-rung-batch"] } == ["2", "2"])
      #expect(answers.map { $0.head["x-rung-calls"] } == ["1", "1"])
      #expect(ground.standIn.stats.calls == 1)
      let bodies = try answers.map { try ChatResponse($0.body) }
      #expect(Set(bodies.compactMap(\.id)).count == 2)
      #expect(bodies.allSatisfy { $0.model == "cheap" && $0.finish == .stop && !$0.text.isEmpty })
      let seen = ground.standIn.stats.models.values.reduce(0) { $0 + Int64($1.promptTokens) }
      #expect(bodies.reduce(0) { $0 + ($1.usage?.prompt ?? 0) } == seen)
      let rows = try ground.rows()
      #expect(rows.map(\.savings.batch) == [2, 2])
      let costs = answers.compactMap { $0.head["x-rung-cost-usd"].flatMap(Double.init) }
      #expect(costs.count == 2 && costs.allSatisfy { $0 > 0 })
    }
  }

  @Test func `a stream is answered alone, as it comes`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let answer = try await ground.send(
        .post, "/v1/chat/completions", Self.body("Where is it?", more: #","stream":true"#))
      #expect(answer.status == 200 && answer.head["x-rung-batch"] == nil)
      #expect(answer.head["content-type"]?.hasPrefix("text/event-stream") == true)
      #expect(try ground.rows().first?.attempts.map(\.reason) == ["alone streams"])
    }
  }

  @Test func `a gateway that stops sends what waits at once`() async throws {
    try await GatewayGround.with(Self.policy, settings: { $0.drain = .seconds(60) }) { ground in
      let caller = Task {
        try await ground.send(.post, "/v1/chat/completions", Self.body("Where is it?"))
      }
      for _ in 0..<2_000 {
        if await ground.gateway.policy.service.waitingForOthers == 1 { break }
        try await Task.sleep(for: .milliseconds(1))
      }
      let stopping = Task { await ground.gateway.stop() }
      defer { stopping.cancel() }
      let answer = try await caller.value
      #expect(answer.status == 200)
      #expect(try ground.rows().first?.attempts.map(\.reason) == ["alone nobody_else"])
    }
  }
}
