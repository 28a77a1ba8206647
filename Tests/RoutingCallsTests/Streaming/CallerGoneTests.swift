import OpenAIWire
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

/// A caller who goes away while his answer comes.
@Suite struct `A caller who goes away from a stream` {
  private static let long = (1...400).map { "word\($0)" }.joined(separator: " ")

  @Test(arguments: [0, 1, 3])
  func `ends the call of his provider at once`(_ batches: Int) async throws {
    let script = Script(chunkDelay: 10, rules: [Rule(answer: Self.long)])
    try await Ground.with("otherwise { use patient fallback dear }", script: script) { ground in
      let sink = ListeningSink(leavesAfter: batches)
      let record = try await ground.run("hello", to: sink)
      let left = ContinuousClock.now
      guard case .cancelled = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      while ground.standIn.stats.hangUps < 1, .now - left < .seconds(10) {
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(ground.standIn.stats.hangUps == 1, "the provider saw it")
      #expect(record.outcome.cost == record.outcome.attempts[0].reserved.map(CallCost.atMost))
      #expect(ground.standIn.stats.calls == 1)
      #expect(sink.heard.batches.count <= max(1, batches))
    }
  }

  @Test func `is heard while nothing comes`() async throws {
    let script = Script(rules: [Rule(fault: .streamSilent)])
    try await Ground.with("otherwise { use patient }", script: script) { ground in
      let sink = ListeningSink()
      let running = Task { try await ground.run("how do I reset my password?", to: sink) }
      while sink.heard.batches.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
      let left = ContinuousClock.now
      running.cancel()
      let record = try await running.value
      #expect(.now - left < .seconds(10))
      guard case .cancelled = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      while ground.standIn.stats.hangUps < 1, .now - left < .seconds(10) {
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(ground.standIn.stats.hangUps == 1)
    }
  }
}
