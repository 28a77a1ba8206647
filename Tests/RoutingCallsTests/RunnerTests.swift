import PolicyUnits
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

@Suite struct `Running a request` {
  @Test func `counts the wait before a repeated call into the time of its ladder`() async throws {
    let script = Script(rules: [
      Rule(calls: [1], fault: .status429Seconds, retryAfter: "2.5"),
      Rule(fault: .hang),
    ])
    let policy = """
      ladder timed(max_time = 4s) { tier patient attempts 2  tier dear }
      otherwise { use timed }
      """
    try await Ground.with(policy, script: script) { ground in
      let record = try await ground.run("hello")
      #expect(record.outcome.calls == 2)
      guard case .timeUp = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      #expect(record.elapsed < Milliseconds(5500), "\(record.elapsed)")
    }
  }

  @Test func `bills nothing for a repeated call that was cancelled while it waited`() async throws {
    let script = Script(rules: [Rule(fault: .status429Seconds, retryAfter: "20")])
    let policy = """
      ladder tries { tier cheap attempts 2 }
      otherwise { use tries }
      """
    try await Ground.with(policy, script: script) { ground in
      async let running = Task { try await ground.run("hello") }
      let task = await running
      while ground.standIn.stats.calls < 1 { try await Task.sleep(for: .milliseconds(2)) }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      let record = try await task.value
      guard case .cancelled = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      #expect(record.outcome.cost == .nothing)
      #expect(ground.standIn.stats.calls == 1)
    }
  }

  @Test func `names the variable of a key that is missing, and calls nobody`() async throws {
    try await Ground.with("otherwise { use cheap }", key: nil) { ground in
      let record = try await ground.run("hello")
      #expect(record.calls.first?.problem?.contains("GROUND_KEY") == true)
      #expect(record.outcome.cost == .nothing)
      #expect(ground.standIn.stats.calls == 0)
    }
  }

  @Test func `sends the key, and blanks it out where a provider repeats it`() async throws {
    let key = "a-key-that-must-not-show"
    try await Ground.with("otherwise { use cheap }", script: Script(key: key), key: key) { ground in
      let record = try await ground.run("hello")
      #expect(record.answer != nil)
    }
    try await Ground.with("otherwise { use \(Self.odd) }", key: Self.odd) { ground in
      ground.standIn.follow(Script(onlyListed: true))
      let record = try await ground.run("hello")
      let problem = record.calls.first?.problem ?? ""
      #expect(problem.contains("404") && problem.contains("***"), "\(problem)")
      #expect(!problem.contains(Self.odd))
    }
  }

  /// A key that a provider repeats: it is also the name of a model.
  private static let odd = "cheap"

  @Test func `asks nothing more of a ladder whose money a lying provider has spent`() async throws {
    let policy = """
      gate impossible = answer contains "no answer has this"
      ladder small(max_budget = 0.50) { tier cheap accept impossible  tier dear }
      otherwise { use small }
      """
    let script = Script(rules: [Rule(fault: .usageInflated)])
    try await Ground.with(policy, script: script) { ground in
      let record = try await ground.run("hello")
      #expect(record.outcome.isOverrun)
      #expect(record.outcome.attempts.map(\.isOverbilled) == [true, false])
      #expect(record.outcome.attempts.last?.dropReason?.isShortOfBudget == true)
      #expect(ground.standIn.stats.calls == 1)
    }
  }
}
