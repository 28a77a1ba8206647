import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

@Suite struct `A gate that speaks before the end` {
  private static let long = (1...300).map { "word\($0)" }.joined(separator: " ")

  /// The provider falls silent in the middle, so what is heard was heard before the end.
  @Test func `lets an answer out that no later text can change its mind about`() async throws {
    let policy = """
      gate long_enough = length >= 40 chars and not refusal
      ladder two { tier cheap accept long_enough  tier dear }
      otherwise { use two }
      """
    let script = Script(rules: [Rule(fault: .streamSilent, answer: Self.long)])
    try await Ground.with(policy, script: script) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      #expect(sink.heard.commit == .early && record.committed == .early)
      #expect(Self.long.hasPrefix(sink.heard.text) && sink.heard.text.utf8.count > 240)
      guard case .brokenOff(.unavailable) = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      #expect(ground.standIn.stats.calls == 1, "nothing follows the first byte")
    }
  }

  @Test func `is not asked again when the answer is whole`() async throws {
    let policy = """
      gate long_enough = length >= 40 chars
      ladder two { tier cheap accept long_enough  tier dear }
      otherwise { use two }
      """
    try await Ground.with(policy, script: Script(rules: [Rule(answer: Self.long)])) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      #expect(sink.heard.commit == .early && sink.heard.text == Self.long && sink.heard.hasEnd)
      #expect(record.outcome.answering?.gates.map(\.isAccepted) == [true])
      #expect(record.calls.first?.usage != nil, "the whole answer was read")
    }
  }

  @Test(arguments: [false, true])
  func `ends a call whose answer it will reject`(_ isStreamed: Bool) async throws {
    let policy = """
      gate valid = json
      ladder two { tier patient accept valid  tier dear }
      otherwise { use two }
      """
    let script = Script(
      chunkDelay: 50,
      rules: [Rule(model: "patient", answer: Self.long), Rule(answer: "{\"a\": 1}")])
    try await Ground.with(policy, script: script) { ground in
      let sink = isStreamed ? ListeningSink() : nil
      let record = try await ground.run("hello", to: sink)
      #expect(record.answer?.text == "{\"a\": 1}" && record.outcome.climbs == 1)
      let first = try #require(record.outcome.attempts.first)
      #expect(first.verdict == .rejected(by: GateID(0)))
      #expect(sink?.heard.text ?? "{\"a\": 1}" == "{\"a\": 1}", "nothing of what was rejected")
      guard isStreamed else { return }
      #expect(ground.standIn.stats.hangUps == 1, "the provider saw it")
      #expect(first.cost == first.reserved.map(CallCost.atMost), "its figures never came")
      #expect(record.elapsed < Milliseconds(12_000), "of the 15 s of the whole answer")
    }
  }

  @Test func `waits for the end where the ladder may return what it rejects`() async throws {
    let policy = """
      gate valid = json
      ladder two { tier cheap accept valid  on exhausted return last }
      otherwise { use two }
      """
    try await Ground.with(policy, script: Script(rules: [Rule(answer: Self.long)])) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      #expect(sink.heard.commit == .exhausted && sink.heard.text == Self.long)
      #expect(record.calls.first?.usage != nil && ground.standIn.stats.hangUps == 0)
    }
  }
}
