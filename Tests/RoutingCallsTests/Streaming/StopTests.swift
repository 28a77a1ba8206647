import OpenAIWire
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

@Suite struct `A stop of a route` {
  private static let tail = (1...300).map { "more\($0)" }.joined(separator: " ")
  private static let script = Script(
    chunkDelay: 15, rules: [Rule(answer: "<answer>42</answer> and " + tail)])
  private static let left = "<answer>42</answer>"

  private static func policy(_ model: String) -> String {
    "otherwise { stop when answer contains \"</answer>\" use \(model) }"
  }

  @Test(arguments: ["careful", "patient"], [false, true])
  func `ends an answer, streamed or not, and its call`(
    _ model: String, _ isStreamed: Bool
  ) async throws {
    try await Ground.with(Self.policy(model), script: Self.script) { ground in
      let sink = isStreamed ? ListeningSink() : nil
      let record = try await ground.run("hello", to: sink)
      #expect(record.answer?.text == Self.left && record.answer?.finish == .stop)
      #expect(record.answer?.raw == nil, "what is passed on is what is left")
      if let heard = sink?.heard {
        #expect(heard.text == Self.left && heard.commit == .ungated)
        #expect(heard.chunks.flatMap(\.choices).compactMap(\.finish) == [.stop], "a proper end")
        #expect(heard.chunks.last?.choices.first?.finish == .stop)
      }
      let call = try #require(record.calls.first)
      #expect(call.endedEarly == .stopped && call.usage == nil)
      #expect((1...30).contains(call.estimate?.output ?? 0))
      let attempt = try #require(record.outcome.attempts.first)
      let reserved = try #require(attempt.reserved)
      let counted = try #require(attempt.cost.money)
      #expect(attempt.cost == .atMost(counted) && counted > .zero)
      // Whether the provider bills the rest is in the catalog.
      #expect(model == "careful" ? counted < reserved : counted == reserved)
      let left = ContinuousClock.now
      while ground.standIn.stats.hangUps < 1, .now - left < .seconds(10) {
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(ground.standIn.stats.hangUps == 1, "the provider was told")
    }
  }

  @Test func `holds for what gates see`() async throws {
    let policy = """
      gate short = length <= 30 chars and finish = stop
      ladder two { tier patient accept short  tier dear }
      otherwise { stop when answer contains "</answer>" use two }
      """
    try await Ground.with(policy, script: Self.script) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      #expect(sink.heard.commit == .accepted && sink.heard.text == Self.left)
      #expect(record.outcome.calls == 1)
    }
  }

  @Test func `leaves an answer alone that ends before it`() async throws {
    let script = Script(rules: [Rule(answer: "<answer>42</answer>")])
    try await Ground.with(Self.policy("cheap"), script: script) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      #expect(sink.heard.text == Self.left && sink.heard.hasEnd)
      #expect(record.calls.first?.endedEarly == nil || record.calls.first?.usage == nil)
    }
  }
}
