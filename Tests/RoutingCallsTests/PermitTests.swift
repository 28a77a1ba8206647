import PolicyUnits
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

@Suite struct `Asking before each call` {
  private static let policy = """
    gate impossible = answer contains "no answer has this"
    ladder two(max_budget = 0.50) { tier cheap accept impossible  tier dear }
    otherwise { use two }
    """

  @Test func `shows what was spent, and what the next call may cost`() async throws {
    try await Ground.with(Self.policy) { ground in
      var seen: [(spent: Money, asked: Money?)] = []
      let record = try await ground.run("hello") { spending in
        seen.append((spending.used.money, spending.pending.money))
        return true
      }
      #expect(seen.count == 2 && ground.standIn.stats.calls == 2)
      #expect(seen.first?.spent == .zero)
      #expect(seen.last?.spent == record.outcome.attempts.first?.cost.money)
      #expect(seen.map(\.asked) == record.outcome.attempts.map(\.reserved))
      #expect(record.calls.allSatisfy { $0.wasSent && $0.firstByte != nil })
      #expect(record.calls.map(\.began) == record.calls.map(\.began).sorted())
    }
  }

  @Test(arguments: [1, 2])
  func `makes no call it may not, and bills nothing for it`(refused: Int) async throws {
    try await Ground.with(Self.policy) { ground in
      var asked = 0
      let record = try await ground.run("hello") { _ in
        asked += 1
        return asked < refused
      }
      guard case .cancelled = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      #expect(ground.standIn.stats.calls == refused - 1)
      #expect(record.outcome.attempts.last?.cost == .nothing)
      #expect(record.calls.map(\.wasSent) == (1...refused).map { $0 < refused })
    }
  }

  @Test func `asks nothing of a task that is cancelled`() async throws {
    try await Ground.with(Self.policy) { ground in
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        return try await ground.run("hello") { _ in
          Issue.record("nobody waits for this call")
          return true
        }
      }
      task.cancel()
      let record = try await task.value
      #expect(record.outcome.cost == .nothing && ground.standIn.stats.calls == 0)
    }
  }

  @Test func `bounds how long a climb can take`() async throws {
    let policy = """
      ladder timed(max_time = 4s) { tier patient  tier dear }
      otherwise { use timed fallback cheap attempts 2 }
      """
    try await Ground.with(policy) { ground in
      // The ladder's time; then twice the deadline of 1.5 s and the longest wait between.
      let longest = try ground.longest("hello")
      #expect(longest == Milliseconds(4000 + 2 * 1500 + 30_000))
    }
  }
}
