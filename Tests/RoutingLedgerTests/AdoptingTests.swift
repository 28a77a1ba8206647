import RoutingBudgets
import Testing

@testable import RoutingLedger

@Suite struct `A request whose process has died` {
  private let disk = ScriptedDisk()
  private let clock = TestClock()
  private let expiry = Timestamp(milliseconds: Samples.noon.milliseconds + 900_000_000)
  private let key = IdempotencyRecord.Key(owner: "key:production", text: "k")
  private let week: Int64 = 7 * 86_400_000

  private func open() throws -> Ledger { try Ledger(disk: disk, clock: clock.read) }

  private func begin(_ number: UInt64, in ledger: Ledger) async throws {
    let claim = try await ledger.claim(
      key, body: "b", request: Samples.id(number), expiry: expiry)
    #expect(claim == .first)
    let admission = try await ledger.reserve(
      Samples.reservation(number, lasting: week), first: Samples.first())
    #expect(admission == .granted)
  }

  private var answer: IdempotencyAnswer { IdempotencyAnswer(status: 200, body: [0x41]) }

  @Test func `is taken up under its own name, and answered once`() async throws {
    try await begin(1, in: try open())
    // It dies, and dies again after it was taken up: what it left is the same each time.
    for _ in 0..<3 {
      let ledger = try open()
      let lost = try await ledger.claim(
        key, body: "b", request: Samples.id(2), expiry: expiry)
      #expect(lost == .lost)
      let found = try #require(ledger.adopt(Samples.id(1), key: key))
      #expect(found.reservation == Samples.reservation(1, lasting: week))
      #expect(found.progress == Samples.first())
      #expect(ledger.record(of: key)?.state == .running)
      let used = try await ledger.used([Samples.key()], at: Samples.noon)
      #expect(used == [100])
    }
    let ledger = try open()
    _ = ledger.adopt(Samples.id(1), key: key)
    // Whoever asks with its key waits for it now.
    async let waiting = ledger.claim(
      key, body: "b", request: Samples.id(3), expiry: expiry)
    try await ledger.append(
      Samples.entry(1), settling: Settlement(used: [60], time: Samples.noon), answering: answer)
    #expect(try await waiting == .answered(answer, request: Samples.id(1)))
    let settled = try await ledger.used([Samples.key()], at: Samples.noon)
    #expect(settled == [60])
    // It is over: nobody takes it up again, and nothing is billed twice.
    #expect(ledger.adopt(Samples.id(1), key: key) == nil)
    await #expect(throws: LedgerFailure.expired(request: Samples.id(1))) {
      try await ledger.append(
        Samples.entry(1), settling: Settlement(used: [60], time: Samples.noon), answering: nil)
    }
    await ledger.close()
    #expect(disk.rows.count == 1 && disk.open.isEmpty)
  }

  @Test func `is given back whole where nothing was sent`() async throws {
    try await begin(1, in: try open())
    let ledger = try open()
    _ = ledger.adopt(Samples.id(1), key: key)
    try await ledger.settle(Samples.id(1), used: [0], at: Samples.noon)
    let used = try await ledger.used([Samples.key()], at: Samples.noon)
    #expect(used == [0] && ledger.record(of: key) == nil)
    let claim = try await ledger.claim(
      key, body: "other", request: Samples.id(2), expiry: expiry)
    #expect(claim == .first)
    await ledger.close()
    #expect(disk.rows.isEmpty && disk.open.isEmpty)
  }

  @Test func `is nobody's once its time is over, and counts at the most it may have cost`()
    async throws
  {
    // For a process that has died no time goes by.
    try await begin(1, in: try Ledger(disk: disk, clock: { Samples.noon }))
    clock.move(by: week + 1000)
    let ledger = try open()
    #expect(ledger.adopt(Samples.id(1), key: key) == nil)
    await ledger.close()
    #expect(disk.rows.map(\.entry.status) == [.lost])
    #expect(disk.rows.first?.entry.charges.map(\.amount) == [100])
  }

  @Test func `keeps its key from another that was asked since`() async throws {
    let first = try open()
    let admission = try await first.reserve(
      Samples.reservation(1, lasting: week), first: Samples.first())
    #expect(admission == .granted)
    try await begin(2, in: first)
    let ledger = try open()
    // The key is the second's.
    _ = ledger.adopt(Samples.id(1), key: key)
    #expect(ledger.record(of: key)?.state == .lost)
    await ledger.close()
  }
}
