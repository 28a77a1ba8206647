import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

@Suite struct `The deadlines of a stream` {
  private static let question = "how do I reset my password?"

  @Test func `end one that falls silent after it has begun`() async throws {
    let script = Script(rules: [Rule(fault: .streamSilent)])
    try await Ground.with("otherwise { use careful fallback dear }", script: script) { ground in
      let sink = ListeningSink()
      let record = try await ground.run(Self.question, to: sink)
      guard case .brokenOff(.unavailable) = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      #expect(record.elapsed < Milliseconds(15_000), "700 ms and not the 20 s of the whole")
      #expect(record.calls.first?.problem?.contains("silent") == true)
      #expect(!sink.heard.text.isEmpty && !sink.heard.hasEnd)
      #expect(record.outcome.cost == record.outcome.attempts[0].reserved.map(CallCost.atMost))
    }
  }

  @Test(arguments: ["first_token 300ms", "timeout 400ms"])
  func `send a request on before its first word has come`(_ option: String) async throws {
    let policy = """
      ladder two { tier patient \(option)  tier dear }
      otherwise { use two }
      """
    let script = Script(rules: [Rule(model: "patient", fault: .slowFirstByte, delay: 15_000)])
    try await Ground.with(policy, script: script) { ground in
      let sink = ListeningSink()
      let record = try await ground.run(Self.question, to: sink)
      #expect(sink.heard.starts.map(\.order.step) == [1] && sink.heard.hasEnd)
      #expect(record.outcome.attempts.first?.verdict == .failed(.unavailable))
      #expect(record.elapsed < Milliseconds(12_000))
    }
  }

  @Test func `send a held answer on that does not come to its end`() async throws {
    let policy = """
      gate whole = finish = stop
      ladder two { tier patient timeout 400ms accept whole  tier dear }
      otherwise { use two }
      """
    let script = Script(rules: [Rule(model: "patient", fault: .streamSilent)])
    try await Ground.with(policy, script: script) { ground in
      let sink = ListeningSink()
      let record = try await ground.run(Self.question, to: sink)
      #expect(sink.heard.starts.map(\.order.step) == [1] && sink.heard.hasEnd)
      #expect(record.answer?.text == sink.heard.text)
    }
  }

  @Test func `break an answer off when its ladder's time is up`() async throws {
    let policy = """
      ladder timed(max_time = 500ms) { tier patient  tier dear }
      otherwise { use timed }
      """
    try await Ground.with(policy, script: Script(rules: [Rule(fault: .streamSilent)])) { ground in
      let sink = ListeningSink()
      let record = try await ground.run(Self.question, to: sink)
      guard case .brokenOff = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      #expect(record.elapsed < Milliseconds(15_000) && ground.standIn.stats.calls == 1)
    }
  }
}
