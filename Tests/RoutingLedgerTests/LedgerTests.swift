import PolicyUnits
import RoutingBudgets
import Testing

@testable import RoutingLedger

@Suite struct `A ledger` {
  private let disk = ScriptedDisk()
  private let clock = TestClock()

  private func open() throws -> Ledger { try Ledger(disk: disk, clock: clock.read) }

  private func settling(_ amount: Int64) -> Settlement {
    Settlement(used: [amount], time: clock.read())
  }

  @Test func `commits what many tasks ask for together, and tells each its row`() async throws {
    let ledger = try open()
    let rows = try await withThrowingTaskGroup(of: ChainedEntry.self) { group in
      for number in 1...256 as ClosedRange<UInt64> {
        group.addTask {
          let admission = try await ledger.reserve(
            Samples.reservation(number), first: Samples.first())
          #expect(admission == .granted)
          return try await ledger.append(Samples.entry(number), settling: settling(60))
        }
      }
      return try await group.reduce(into: [ChainedEntry]()) { $0.append($1) }
    }
    await ledger.close()
    #expect(rows.map(\.sequence).sorted() == Array(1...256))
    #expect(disk.rows == rows.sorted { $0.sequence < $1.sequence })
    #expect(disk.batches.count < 512)
    #expect(disk.open.isEmpty)
  }

  @Test func `refuses a reservation its disk does not keep, and gives it back`() async throws {
    let ledger = try open()
    disk.fail(1)
    await #expect(throws: BudgetStoreFailure.self) {
      try await ledger.reserve(
        Samples.reservation(1, amount: 90, cap: 100), first: Samples.first(90))
    }
    #expect(try await ledger.used([Samples.key()], at: Samples.noon) == [0])
    #expect(ledger.openRequests.isEmpty)
    let next = try await ledger.reserve(
      Samples.reservation(2, amount: 90, cap: 100), first: Samples.first(90))
    #expect(next == .granted)
    await ledger.close()
  }

  @Test func `never acknowledges a row its disk does not keep, and keeps it later`() async throws {
    let ledger = try open()
    _ = try await ledger.reserve(Samples.reservation(1), first: Samples.first())
    disk.fail(1)
    await #expect(throws: LedgerFailure.cannotWrite(reason: "the disk is full")) {
      try await ledger.append(Samples.entry(1), settling: settling(60))
    }
    // The next commit brings it along, ahead of its own.
    let row = try await ledger.append(Samples.entry(2), settling: nil)
    #expect(row.sequence == 2)
    #expect(disk.rows.map(\.entry.id) == [Samples.id(1), Samples.id(2)])
    #expect(try await ledger.used([Samples.key()], at: Samples.noon) == [60])
    await ledger.close()
  }

  @Test func `a full cap is told at once and leaves nothing`() async throws {
    let ledger = try open()
    let claim = Claim(key: Samples.key(), cap: 100, amount: 60)
    _ = try await ledger.reserve(
      Samples.reservation(1, amount: 60, cap: 100), first: Samples.first(60))
    let second = try await ledger.reserve(
      Samples.reservation(2, amount: 60, cap: 100), first: Samples.first(60))
    #expect(second == .full(claim, used: 60))
    try await ledger.settle(Samples.id(1), used: [0], at: Samples.noon)
    #expect(try await ledger.used([Samples.key()], at: Samples.noon) == [0])
    #expect(disk.rows.isEmpty)
    #expect(disk.open.isEmpty)
    await ledger.close()
  }

  @Test func `open requests of a dead process expire as lost rows`() async throws {
    let first = try open()
    _ = try await first.reserve(Samples.reservation(1), first: Samples.first(70))
    _ = try await first.reserve(Samples.reservation(2), first: Samples.first(70))
    try await first.note(RoutingBudgets.Progress(used: [30], pending: [20]), of: Samples.id(2))
    await first.close()
    let second = try open()
    #expect(try await second.used([Samples.key()], at: clock.read()) == [200])
    await second.close()
    clock.move(by: 60_000)
    let third = try open()
    #expect(try await third.used([Samples.key()], at: clock.read()) == [120])
    await third.close()
    #expect(disk.rows.map(\.entry.status) == [.lost, .lost])
    #expect(disk.rows.map(\.entry.cost) == [70, 50].map { .atMost(Money(nanos: $0)) })
    #expect(disk.rows.map { $0.entry.charges.map(\.amount) } == [[70], [50]])
    #expect(disk.open.isEmpty)
  }

  @Test func `a row that comes after its expiry is refused`() async throws {
    let ledger = try open()
    _ = try await ledger.reserve(Samples.reservation(1), first: Samples.first())
    clock.move(by: 60_000)
    var used: [Int64] = []
    while used != [100] || disk.rows.isEmpty {
      used = try await ledger.used([Samples.key()], at: clock.read())
      try await Task.sleep(for: .milliseconds(20))
    }
    await #expect(throws: LedgerFailure.expired(request: Samples.id(1))) {
      try await ledger.append(Samples.entry(1), settling: settling(60))
    }
    await ledger.close()
    #expect(disk.rows.count == 1)
  }

  @Test func `a closed ledger refuses`() async throws {
    let ledger = try open()
    await ledger.close()
    await #expect(throws: LedgerFailure.closed) {
      try await ledger.append(Samples.entry(1), settling: nil)
    }
  }
}
