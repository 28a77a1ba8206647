import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

/// What a key stands for, asked without a request of its own.
@Suite struct `How an idempotency key stands` {
  private static let policy = """
    budget daily = $1 per tenant per day
    gate impossible = answer contains "no answer has this"
    ladder two { tier cheap accept impossible  tier dear }
    route climbing when question mentions "climb" { use two }
    otherwise { use cheap }
    """

  @Test func `is told as it is, and asking claims nothing`() async throws {
    let script = Script(rules: [Rule(contains: "fail", fault: .status502)])
    try await ServiceGround.with(Self.policy, script: script) { ground in
      let asked = try ground.asked("hello", tenant: "acme", key: "k")
      for _ in 0..<3 { #expect(ground.service.standing(of: asked) == .free) }
      let outcome = try await ground.service.answer(asked)
      let body = try #require(outcome.body)
      #expect(
        ground.service.standing(of: asked)
          == .answered(IdempotencyAnswer(status: 200, body: body), of: outcome.id))
      let changed = try ground.asked("hello there", tenant: "acme", key: "k")
      #expect(ground.service.standing(of: changed) == .otherBody(outcome.id))
      let other = try ground.asked("hello", tenant: "globex", key: "k")
      #expect(ground.service.standing(of: other) == .free)
      let keyless = try ground.asked("hello", tenant: "acme")
      #expect(ground.service.standing(of: keyless) == .free)
      let failing = try ground.asked("fail", tenant: "acme", key: "f")
      _ = try await ground.service.answer(failing)
      guard case .answered(let answer, _) = ground.service.standing(of: failing) else {
        Issue.record("\(ground.service.standing(of: failing))")
        return
      }
      #expect(!answer.isAnswer)
    }
  }

  @Test func `is running, and lost where the process died`() async throws {
    let disk = MemoryDisk()
    let time = SharedTime()
    let hanging = Script(rules: [Rule(fault: .hang)])
    let before = try Ledger(disk: disk, clock: { time.now })
    try await ServiceGround.with(Self.policy, script: hanging, on: before, time) { ground in
      let asked = try ground.asked("hello", tenant: "acme", key: "k")
      let task = Task { try await ground.service.answer(asked) }
      while ground.standIn.stats.calls < 1 { try await Task.sleep(for: .milliseconds(2)) }
      guard case .running(let id) = ground.service.standing(of: asked) else {
        Issue.record("\(ground.service.standing(of: asked))")
        return
      }
      // What a process that dies here leaves behind: nobody has to wait for its expiry.
      let after = try Ledger(disk: MemoryDisk(disk.now), clock: { time.now })
      try await ServiceGround.with(Self.policy, on: after, time) { ground in
        #expect(ground.service.standing(of: asked) == .lost(id))
        #expect(ground.standIn.stats.calls == 0)
      }
      await after.close()
      task.cancel()
      _ = try? await task.value
    }
    await before.close()
  }

  @Test func `is a failure where a disk failed after a call was paid for`() async throws {
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk) { ground in
      let asked = try ground.asked("climb", tenant: "acme", key: "k")
      // The claim and the first call are kept, the second call's progress is not.
      disk.fail(after: 2)
      await #expect(throws: RequestFailure.self) { try await ground.service.answer(asked) }
      #expect(ground.standIn.stats.calls == 1)
      disk.fail(after: nil)
      while disk.now.rows.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      guard case .answered(let answer, _) = ground.service.standing(of: asked) else {
        Issue.record("\(ground.service.standing(of: asked))")
        return
      }
      #expect(!answer.isAnswer)
      let again = try await ground.service.answer(asked)
      guard case .repeated = again.ending else {
        Issue.record("\(again.ending)")
        return
      }
      #expect(ground.standIn.stats.calls == 1)
    }
  }
}
