import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

/// What cannot be recorded is not spent, and what was spent is recorded as soon as it can be.
@Suite struct `A disk that fails` {
  private static let policy = """
    budget daily = $1 per tenant per day
    gate impossible = answer contains "no answer has this"
    ladder two { tier cheap accept impossible  tier dear }
    otherwise { use two }
    """

  @Test func `before the first call lets nothing be called`() async throws {
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk) { ground in
      disk.fail(after: 0)
      await #expect(throws: RequestFailure.self) { try await ground.ask("hello", tenant: "acme") }
      #expect(ground.standIn.stats.calls == 0)
      disk.fail(after: nil)
      let entry = try #require(try await ground.ask("hello", tenant: "acme").row).entry
      #expect(entry.status == .answered && disk.now.rows.count == 1)
      try await ground.expectQuiet([entry])
    }
  }

  @Test func `before a later call lets that one not be made, and settles the first`() async throws {
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk) { ground in
      disk.fail(after: 1)
      let failure = await #expect(throws: RequestFailure.self) {
        try await ground.ask("hello", tenant: "acme")
      }
      #expect(failure?.description.contains("no space left on device") == true)
      #expect(ground.standIn.stats.calls == 1 && disk.now.open.count == 1)
      disk.fail(after: nil)
      let entry = try await row(of: disk)
      #expect(entry.status == .failed && entry.reason == "ledger_unavailable")
      #expect(entry.cost.money.map { $0 > .zero } == true)
      try await ground.expectQuiet([entry])
    }
  }

  @Test func `at the end holds the answer back, and keeps the row when it can`() async throws {
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk) { ground in
      disk.fail(after: 2)
      await #expect(throws: RequestFailure.self) { try await ground.ask("hello", tenant: "acme") }
      #expect(ground.standIn.stats.calls == 2 && disk.now.rows.isEmpty)
      let open = try #require(disk.now.open.values.first)
      disk.fail(after: nil)
      let entry = try await row(of: disk)
      #expect(entry.status == .answered && entry.attempts.count == 2)
      let bound = zip(open.progress.used, open.progress.pending).map { $0 + $1 }
      #expect(zip(entry.charges.map(\.amount), bound).allSatisfy { $0 <= $1 })
      try await ground.expectQuiet([entry])
    }
  }

  @Test func `that cannot keep a text keeps the row when it can`() async throws {
    let disk = MemoryDisk()
    let policy = "budget daily = $1 per tenant per day\notherwise { use cheap }"
    try await ServiceGround.with(policy, disk: disk, keepsTexts: true) { ground in
      disk.fail(after: 1)
      await #expect(throws: RequestFailure.self) { try await ground.ask("hello", tenant: "acme") }
      #expect(ground.standIn.stats.calls == 1 && disk.now.texts.isEmpty)
      disk.fail(after: nil)
      let entry = try await row(of: disk)
      #expect(entry.status == .answered)
      try await ground.expectQuiet([entry])
    }
  }

  @Test func `frees the idempotency key of a request it stopped`() async throws {
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk) { ground in
      disk.fail(after: 0)
      await #expect(throws: RequestFailure.self) {
        try await ground.ask("hello", tenant: "acme", key: "k")
      }
      disk.fail(after: nil)
      let outcome = try await ground.ask("hello", tenant: "acme", key: "k")
      guard case .called = outcome.ending else {
        Issue.record("\(outcome.ending)")
        return
      }
    }
  }

  /// The ledger tries again by itself.
  private func row(of disk: MemoryDisk) async throws -> LedgerEntry {
    let clock = ContinuousClock()
    let start = clock.now
    while disk.now.rows.isEmpty, clock.now - start < .seconds(10) {
      try await Task.sleep(for: .milliseconds(10))
    }
    return try #require(disk.now.rows.first).entry
  }
}
