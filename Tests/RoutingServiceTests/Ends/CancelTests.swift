import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

/// A caller who goes away ends a call; what it may have cost is settled and recorded all the same.
@Suite struct `A caller who goes away` {
  private static let budget = "budget daily = $1 per tenant per day\n"

  @Test func `before anything was decided leaves a row that cost nothing`() async throws {
    try await ServiceGround.with(Self.budget + "otherwise { use cheap }") { ground in
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        return try await ground.ask("hello", tenant: "acme")
      }
      task.cancel()
      let entry = try #require(try await task.value.row).entry
      #expect(entry.status == .cancelled && entry.cost == .exact(.zero))
      #expect(ground.standIn.stats.calls == 0)
      try await ground.expectQuiet([entry])
    }
  }

  @Test func `during a call counts all it may have cost`() async throws {
    let script = Script(rules: [Rule(fault: .hang)])
    try await ServiceGround.with(Self.budget + "otherwise { use patient }", script: script) {
      ground in
      let task = Task { try await ground.ask("hello", tenant: "acme") }
      while ground.standIn.stats.calls < 1 { try await Task.sleep(for: .milliseconds(2)) }
      task.cancel()
      let entry = try #require(try await task.value.row).entry
      #expect(entry.status == .cancelled)
      let reserved = try #require(entry.attempts.first?.reserved)
      #expect(entry.cost == .atMost(reserved) && reserved > .zero)
      #expect(entry.attempts.first?.tokens?.isEstimated == true)
      #expect(entry.charges.map(\.amount) == [reserved.nanos])
      try await ground.expectQuiet([entry])
    }
  }

  @Test func `while a repeated call waits for its turn is not billed for it`() async throws {
    let script = Script(rules: [Rule(fault: .status429Seconds, retryAfter: "20")])
    let policy =
      Self.budget + """
        ladder tries { tier cheap attempts 2 }
        otherwise { use tries }
        """
    try await ServiceGround.with(policy, script: script) { ground in
      let task = Task { try await ground.ask("hello", tenant: "acme") }
      while ground.standIn.stats.calls < 1 { try await Task.sleep(for: .milliseconds(2)) }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      let entry = try #require(try await task.value.row).entry
      #expect(entry.status == .cancelled && entry.cost == .exact(.zero))
      #expect(entry.attempts.count == 2 && ground.standIn.stats.calls == 1)
      try await ground.expectQuiet([entry])
    }
  }
}
