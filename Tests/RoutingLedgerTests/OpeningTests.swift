import Foundation
import GRDB
import RoutingBudgets
import Testing

@testable import RoutingLedger

@Suite struct `Opening a ledger` {
  private let folder: TestFolder
  private let clock = TestClock()

  init() throws { folder = try TestFolder() }

  private func open() throws -> Ledger { try Ledger.open(path: folder.ledger, clock: clock.read) }

  @Test func `another program's database is refused and left as it is`() throws {
    let queue = try DatabaseQueue(path: folder.ledger)
    try queue.inDatabase { db in try db.execute(sql: "CREATE TABLE t (x)") }
    try queue.close()
    let before = try folder.bytes()
    #expect(throws: LedgerFailure.notALedger(path: folder.ledger)) { try open() }
    #expect(throws: LedgerFailure.notALedger(path: folder.ledger)) {
      try LedgerReader(path: folder.ledger)
    }
    #expect(try folder.bytes() == before)
  }

  @Test func `a file that is no database is refused and left as it is`() throws {
    let text = Array(String(repeating: "not a ledger\n", count: 400).utf8)
    try folder.write(text)
    #expect(throws: LedgerFailure.notALedger(path: folder.ledger)) { try open() }
    #expect(try folder.bytes() == text)
  }

  @Test func `a later format is refused by its number`() async throws {
    await (try open()).close()
    let queue = try DatabaseQueue(path: folder.ledger)
    try queue.inDatabase { db in try db.execute(sql: "PRAGMA user_version = 9") }
    try queue.close()
    #expect(throws: LedgerFailure.tooNew(path: folder.ledger, version: 9)) { try open() }
    #expect(throws: LedgerFailure.tooNew(path: folder.ledger, version: 9)) {
      try LedgerReader(path: folder.ledger)
    }
  }

  @Test func `a folder that is not there is named`() {
    #expect {
      try Ledger.open(path: "/nowhere/at/all/rung.ledger", clock: clock.read)
    } throws: { error in
      guard case .cannotOpen(let path, _)? = error as? LedgerFailure else { return false }
      return path == "/nowhere/at/all/rung.ledger"
    }
  }

  @Test func `a clock far behind the last row is refused, and one a little behind is not`()
    async throws
  {
    let ledger = try open()
    try await ledger.append(Samples.entry(1), settling: nil)
    await ledger.close()
    clock.move(by: -1_800_000)
    await (try open()).close()
    clock.move(by: -86_400_000)
    #expect {
      try open()
    } throws: { error in
      guard case .clockBehind? = error as? LedgerFailure else { return false }
      return true
    }
  }

  @Test func `another currency is refused, except to those who count nothing`() async throws {
    let ledger = try open()
    try await ledger.append(Samples.entry(1), settling: nil)
    await ledger.close()
    #expect(throws: LedgerFailure.otherCurrency(kept: "USD", asked: "JPY")) {
      try Ledger.open(path: folder.ledger, currency: "JPY", clock: clock.read)
    }
    await (try Ledger.open(path: folder.ledger, currency: "USD", clock: clock.read)).close()
    await (try open()).close()
  }

  @Test func `a file of two names has no writer, and is still read`() async throws {
    await (try open()).close()
    try FileManager.default.linkItem(atPath: folder.ledger, toPath: folder.ledger + "-other")
    #expect {
      try open()
    } throws: { error in
      guard case .cannotOpen(_, let reason)? = error as? LedgerFailure else { return false }
      return reason.contains("2 hard links")
    }
    _ = try LedgerReader(path: folder.ledger)
  }

  @Test func `rows are never changed or removed by statements`() async throws {
    let ledger = try open()
    try await ledger.append(Samples.entry(1), settling: nil)
    await ledger.close()
    let queue = try DatabaseQueue(path: folder.ledger)
    for statement in ["UPDATE request SET tenant = 'x'", "DELETE FROM request"] {
      #expect(throws: DatabaseError.self) {
        try queue.inDatabase { db in try db.execute(sql: statement) }
      }
    }
    try queue.close()
  }

  @Test func `open requests survive and expire in the file`() async throws {
    let first = try open()
    _ = try await first.reserve(Samples.reservation(1), first: Samples.first(70))
    _ = try await first.reserve(Samples.reservation(2), first: Samples.first(80))
    try await first.note(RoutingBudgets.Progress(used: [80], pending: [5]), of: Samples.id(2))
    await first.close()
    clock.move(by: 60_000)
    let second = try open()
    #expect(try await second.used([Samples.key()], at: clock.read()) == [155])
    await second.close()
    let rows = try LedgerReader(path: folder.ledger).last(9)
    #expect(rows.map(\.entry.status) == [.lost, .lost])
    #expect(try LedgerReader(path: folder.ledger).openRequests().isEmpty)
    #expect(try LedgerVerifier(path: folder.ledger).verify().findings.isEmpty)
  }

  @Test func `policies are kept once and texts until their time`() async throws {
    let ledger = try open()
    let archive = PolicyArchive(fingerprint: "f", bytes: [1, 2])
    try await ledger.keep(archive)
    try await ledger.keep(PolicyArchive(fingerprint: "f", bytes: [9]))
    let text = KeptText(
      request: Samples.id(1), prompt: [3], answer: nil,
      expiry: Timestamp(milliseconds: Samples.noon.milliseconds + 1000))
    try await ledger.keep(text)
    let reader = try LedgerReader(path: folder.ledger)
    #expect(try reader.policy("f") == archive)
    #expect(try reader.policy("g") == nil)
    #expect(try reader.text(of: Samples.id(1)) == text)
    await ledger.close()
    clock.move(by: 2000)
    await (try open()).close()
    #expect(try LedgerReader(path: folder.ledger).text(of: Samples.id(1)) == nil)
  }
}
