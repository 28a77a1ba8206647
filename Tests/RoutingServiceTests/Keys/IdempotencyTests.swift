import OpenAIWire
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

/// The same key, caller and body: the same answer, paid for once.
@Suite struct `An idempotency key` {
  private static let policy = """
    budget daily = $1 per tenant per day
    otherwise { use cheap }
    """

  @Test func `calls once, however many ask with it at a time`() async throws {
    try await ServiceGround.with(Self.policy) { ground in
      let outcomes = try await withThrowingTaskGroup(of: (Int, RequestOutcome).self) { group in
        for number in 0..<800 {
          group.addTask {
            let key = number % 100
            return (
              key, try await ground.ask("question \(key)", tenant: "acme", key: "key-\(key)")
            )
          }
        }
        var outcomes: [Int: [RequestOutcome]] = [:]
        for try await (key, outcome) in group { outcomes[key, default: []].append(outcome) }
        return outcomes
      }
      #expect(ground.standIn.stats.calls == 100)
      var rows: [LedgerEntry] = []
      for (key, outcomes) in outcomes {
        let bodies = Set(outcomes.map(body))
        #expect(outcomes.count == 8 && bodies.count == 1, "key \(key)")
        rows += outcomes.compactMap { $0.row?.entry }
      }
      #expect(rows.count == 800)
      let repeated = rows.filter { $0.savings.cache == "repeated" }
      #expect(repeated.count == 700)
      #expect(repeated.allSatisfy { $0.cost == .exact(.zero) && $0.charges.isEmpty })
      try await ground.expectQuiet(rows)
    }
  }

  @Test func `means nothing to another caller, and is an error with another body`() async throws {
    try await ServiceGround.with(Self.policy) { ground in
      _ = try await ground.ask("hello", tenant: "acme", key: "k")
      let other = try await ground.ask("hello", tenant: "globex", key: "k")
      guard case .called = other.ending else {
        Issue.record("\(other.ending)")
        return
      }
      let changed = try await ground.ask("hello there", tenant: "acme", key: "k")
      guard case .unfit(.keyOfAnotherBody) = changed.ending else {
        Issue.record("\(changed.ending)")
        return
      }
      #expect(changed.row?.entry.reason == "idempotency_key_reused")
      #expect(ground.standIn.stats.calls == 2)
    }
  }

  @Test func `stands for a failure too, if that may have been billed`() async throws {
    let script = Script(rules: [Rule(calls: [1], fault: .status502)])
    try await ServiceGround.with(Self.policy, script: script) { ground in
      let first = try await ground.ask("hello", tenant: "acme", key: "k")
      #expect(first.row?.entry.status == .failed)
      let second = try await ground.ask("hello", tenant: "acme", key: "k")
      guard case .repeated(let answer, first.id) = second.ending else {
        Issue.record("\(second.ending)")
        return
      }
      #expect(!answer.isAnswer && second.row?.entry.status == .failed)
      #expect(ground.standIn.stats.calls == 1)
      _ = try await ground.ask("hello", tenant: "acme", key: "another")
      #expect(ground.standIn.stats.calls == 2)
    }
  }

  @Test func `is free again after a request that cost nothing`() async throws {
    let script = Script(rules: [Rule(calls: [1], fault: .status429)])
    try await ServiceGround.with(Self.policy, script: script) { ground in
      let first = try await ground.ask("hello", tenant: "acme", key: "k")
      #expect(first.row?.entry.cost == .exact(.zero))
      let second = try await ground.ask("hello", tenant: "acme", key: "k")
      #expect(second.row?.entry.status == .answered)
      #expect(ground.standIn.stats.calls == 2)
    }
  }

  @Test func `of a request that died is lost, and says so`() async throws {
    let disk = MemoryDisk()
    let time = SharedTime()
    let hanging = Script(rules: [Rule(fault: .hang)])
    let before = try Ledger(disk: disk, clock: { time.now })
    try await ServiceGround.with(Self.policy, script: hanging, on: before, time) { ground in
      let task = Task { try await ground.ask("hello", tenant: "acme", key: "k") }
      while ground.standIn.stats.calls < 1 { try await Task.sleep(for: .milliseconds(2)) }
      // What a process that dies here leaves behind.
      let left = MemoryDisk(disk.now)
      time.pass(Milliseconds(3_600_000))
      let after = try Ledger(disk: left, clock: { time.now })
      try await ServiceGround.with(Self.policy, on: after, time) { ground in
        let again = try await ground.ask("hello", tenant: "acme", key: "k")
        guard case .unfit(.keyLost) = again.ending else {
          Issue.record("\(again.ending)")
          return
        }
        #expect(ground.standIn.stats.calls == 0)
        let lost = try #require(left.now.rows.first).entry
        #expect(lost.status == .lost)
        try await ground.expectQuiet([lost])
      }
      await after.close()
      task.cancel()
      _ = try? await task.value
    }
    await before.close()
  }

  private func body(_ outcome: RequestOutcome) -> [UInt8] {
    if case .repeated(let answer, _) = outcome.ending { return answer.body }
    return outcome.body ?? []
  }
}
