import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingHealth
import RoutingRuntime
import StandInProvider
import Testing

@Suite struct `The place of a call` {
  @Test func `is spread by the weights of the catalog`() async throws {
    try await Ground.with("otherwise { use spread }", models: TwoPlaces.models) { ground in
      for _ in 0..<12 { _ = try await ground.run("hello") }
      #expect(ground.standIn.stats.calls(to: "near") == 9)
      #expect(ground.standIn.stats.calls(to: "far") == 3)
    }
  }

  @Test(
    arguments: [
      Fault.status500, .status429, .unauthorized, .unknownModel, .resetBeforeHeaders, .hang,
      .halfJSON, .emptyBody,
    ])
  func `of a repeated call is another one first, at once`(fault: Fault) async throws {
    let script = Script(rules: [Rule(model: "near", fault: fault)])
    let policy = "otherwise { use spread attempts 2 }"
    try await Ground.with(policy, script: script, models: TwoPlaces.models) { ground in
      let record = try await ground.run("hello")
      #expect(record.calls.map(\.upstream) == ["near", "far"])
      #expect(record.answer != nil)
      guard let first = record.calls.first, let second = record.calls.last else { return }
      let gap = second.began.count - first.began.count - first.latency.count
      #expect(gap < 100, "nothing is waited for: \(gap) ms")
    }
  }

  @Test(arguments: [Fault.contextLength, .contentFilter, .status413])
  func `is not looked for again where the request itself is refused`(fault: Fault) async throws {
    let script = Script(rules: [Rule(fault: fault)])
    let policy = "otherwise { use spread attempts 3 }"
    try await Ground.with(policy, script: script, models: TwoPlaces.models) { ground in
      let record = try await ground.run("hello")
      #expect(record.calls.count == 1 && ground.standIn.stats.calls == 1)
    }
  }

  @Test func `is never one that fell silent on this request`() async throws {
    let script = Script(rules: [Rule(fault: .hang)])
    let policy = "otherwise { use spread attempts 3 fallback spread }"
    try await Ground.with(policy, script: script, models: TwoPlaces.models) { ground in
      let record = try await ground.run("hello")
      #expect(ground.standIn.stats.calls(to: "near") == 1)
      #expect(ground.standIn.stats.calls(to: "far") == 1)
      #expect(record.calls.last?.held == .barred && record.calls.last?.wasSent == false)
      #expect(record.outcome.attempts.last?.cost == .nothing)
    }
  }

  @Test func `is nowhere while the circuit is open, and costs nothing`() async throws {
    let script = Script(rules: [Rule(model: "cheap", fault: .status500)])
    let policy = "otherwise { use cheap fallback dear }"
    try await Ground.with(policy, script: script, health: TwoPlaces.quick()) { ground in
      for _ in 0..<5 { _ = try await ground.run("hello") }
      let record = try await ground.run("hello")
      #expect(ground.standIn.stats.calls(to: "cheap") == 5)
      #expect(record.calls.map(\.held) == [.open, nil])
      #expect(record.outcome.attempts.first?.verdict == .failed(.unavailable))
      #expect(record.outcome.attempts.first?.cost == .nothing)
      #expect(record.calls.first?.problem?.contains("not called for") == true)
      #expect(record.answer != nil)
    }
  }

  @Test func `waits for nobody whose requests of the minute are used up`() async throws {
    let models = """
        tight:
          provider: one
          rpm: 2
          window: 32k
          max_output: 2k
          tokenizer: qwen
          prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
      """
    let policy = "otherwise { use tight fallback dear }"
    try await Ground.with(policy, models: models) { ground in
      for _ in 0..<4 { _ = try await ground.run("hello") }
      let record = try await ground.run("hello")
      #expect(ground.standIn.stats.calls(to: "tight") == 2)
      #expect(record.calls.first?.held == .requests)
      #expect(record.outcome.attempts.first?.verdict == .failed(.limited))
      #expect(record.outcome.attempts.first?.cost == .nothing)
    }
  }
}
