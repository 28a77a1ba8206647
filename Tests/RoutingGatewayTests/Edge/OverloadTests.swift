import HTTPUpstream
import RoutingGateway
import StandInProvider
import Testing

@Suite(.serialized) struct `More requests than may be served` {
  private struct Answer: Sendable {
    let status: Int
    let retryAfter: String?
    let code: Bool
    let took: Duration
  }

  @Test func `are refused at once with the time to try again, and those served are served well`()
    async throws
  {
    let slow = Script(rules: [Rule(delay: 1500)])
    try await GatewayGround.with(
      "otherwise { use cheap }", script: slow,
      settings: {
        $0.admission = AdmissionLimits(inFlight: 4, queued: 4, longestWait: .milliseconds(30))
      }
    ) { ground in
      let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
        for n in 0..<40 {
          group.addTask {
            let began = ContinuousClock.now
            let answer = try await ground.send(
              .post, "/v1/chat/completions", GatewayGround.chat("question \(n)"))
            let text = String(decoding: answer.body, as: UTF8.self)
            return Answer(
              status: answer.status, retryAfter: answer.head["retry-after"],
              code: text.contains(#""code":"overloaded""#), took: ContinuousClock.now - began)
          }
        }
        return try await group.reduce(into: [Answer]()) { $0.append($1) }
      }
      let refused = answers.filter { $0.status != 200 }
      #expect(answers.count - refused.count == 4)
      for answer in refused {
        #expect(answer.status == 503 || answer.status == 429)
        #expect(answer.retryAfter.flatMap(Int.init).map { $0 >= 1 } ?? false)
        #expect(answer.code)
        // Promised within 50 ms; how soon it is shows in the trial of E4.
        #expect(answer.took < .seconds(10))
      }
      print("36 refused, the slowest after \(refused.map(\.took).max() ?? .zero)")
      let health = try await ground.send(.get, "/healthz")
      #expect(health.status == 200)
      let metrics = try await ground.send(.get, "/metrics")
      let text = String(decoding: metrics.body, as: UTF8.self)
      let counted = text.split(separator: "\n")
        .filter { $0.hasPrefix("rung_overload_refusals_total{") }
        .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
      #expect(counted.reduce(0, +) == 36)
      #expect(text.contains("rung_requests_in_flight 0\n"))
    }
  }

  @Test func `are no requests of one caller, each sent when the one before it has its answer`()
    async throws
  {
    try await GatewayGround.with(
      "otherwise { use cheap }",
      settings: { $0.admission = AdmissionLimits(inFlight: 1, queued: 0) }
    ) { ground in
      for n in 0..<50 {
        let answer = try await ground.send(
          .post, "/v1/chat/completions", GatewayGround.chat("question \(n)"))
        #expect(answer.status == 200)
      }
    }
  }
}
