import DatabasePages
import Foundation
import GRDB
import PolicyUnits
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingLedger

@Suite struct `Verify` {
  private let folder: TestFolder
  private let clock = TestClock()

  init() throws { folder = try TestFolder() }

  /// A closed ledger with this many requests of one charge each.
  private func fill(_ count: UInt64) async throws {
    let ledger = try Ledger.open(path: folder.ledger, clock: clock.read)
    try await fill(1...count, ledger)
    await ledger.close()
  }

  private func fill(_ numbers: ClosedRange<UInt64>, _ ledger: Ledger) async throws {
    for number in numbers {
      _ = try await ledger.reserve(Samples.reservation(number), first: Samples.first())
      var random = SplitMix(state: number)
      var entry = Samples.entry(random: &random)
      entry = Samples.renamed(entry, Samples.id(number))
      _ = try await ledger.append(
        entry, settling: Settlement(used: [60], time: Samples.noon))
    }
  }

  private func verify(expecting head: String? = nil) throws -> LedgerVerification {
    try LedgerVerifier(path: folder.ledger).verify(expecting: head)
  }

  /// Edits the file as its owner could, checksums and all.
  private func edit(_ statements: String...) throws {
    let queue = try LedgerFile.openForWriting(path: folder.ledger, mode: .crashSafe)
    try queue.inDatabase { db in
      let triggers = try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      for name in triggers { try db.execute(sql: "DROP TRIGGER \"\(name)\"") }
      for statement in statements { try db.execute(sql: statement) }
    }
    try queue.close()
  }

  @Test func `a ledger as it was written is whole`() async throws {
    try await fill(20)
    let result = try verify()
    #expect(result.findings.isEmpty)
    #expect(result.isWhole)
    #expect(result.rows == 20)
    #expect((result.pages ?? 0) > 10)
    #expect(try verify(expecting: result.headText).findings.isEmpty)
    let other = String(repeating: "0", count: 64)
    #expect(try verify(expecting: other).findings == [.expectedHeadAbsent])
  }

  @Test func `a snapshot is proved while a writer is at work`() async throws {
    let ledger = try Ledger.open(path: folder.ledger, clock: clock.read)
    try await fill(1...5, ledger)
    let result = try verify()
    #expect(result.findings.isEmpty)
    #expect(result.rows == 5)
    #expect(result.pages == nil)
    await ledger.close()
  }

  @Test func `any changed byte is found`() async throws {
    let seed: UInt64 = 6
    let ledger = try Ledger.open(path: folder.ledger, clock: clock.read)
    try await fill(1...20, ledger)
    // As a kill would leave it: rows in the file and rows in the log.
    try Samples.checkpoint(folder.ledger)
    try await fill(21...40, ledger)
    let names = ["", "-wal", "-head"]
    let killed = try names.map { try folder.bytes($0) }
    await ledger.close()
    let closed = [try folder.bytes(), [], try folder.bytes("-head")]
    #expect(killed[1].count > 10_000)

    var random = SplitMix(state: seed)
    var missed: [String] = []
    for round in 0..<300 {
      let state = round % 3 == 0 ? closed : killed
      let file = state[1].isEmpty ? [0, 0, 0, 2][round % 4] : [0, 1, 1, 2][round % 4]
      var bytes = state[file]
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let change = UInt8.random(in: 1...255, using: &random)
      bytes[place] ^= change
      for (index, name) in names.enumerated() {
        try folder.write(index == file ? bytes : state[index], name)
      }
      try? FileManager.default.removeItem(atPath: folder.ledger + "-shm")
      if round == 0 { continue }
      let result = try? verify()
      if let result, result.findings.isEmpty {
        missed.append("seed \(seed) round \(round): byte \(place) of `\(names[file])` ^ \(change)")
      }
    }
    #expect(missed.isEmpty)
    for (index, name) in names.enumerated() { try folder.write(killed[index], name) }
    try? FileManager.default.removeItem(atPath: folder.ledger + "-shm")
    let result = try verify()
    #expect(result.findings.isEmpty)
    #expect(result.rows == 40)
  }

  @Test func `a ledger of larger pages, as the first ones were, is kept and proved as it is`()
    async throws
  {
    try PageGuard.install()
    let queue = try DatabaseQueue(path: folder.ledger)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA page_size = 4096")
      try db.execute(sql: "PRAGMA application_id = \(DatabaseKind.ledger)")
    }
    try queue.close()
    let ledger = try Ledger.open(path: folder.ledger, clock: clock.read)
    try await fill(1...20, ledger)
    await ledger.close()
    let bytes = try folder.bytes()
    #expect(bytes[16...17].elementsEqual([0x10, 0x00]))
    let whole = try verify()
    #expect(whole.findings.isEmpty)
    #expect(whole.rows == 20)
    #expect(whole.pages == bytes.count / 4096)
    for page in 0..<bytes.count / 4096 {
      var changed = bytes
      changed[page * 4096 + 4000] ^= 1
      try folder.write(changed)
      #expect(try verify().findings.contains(.page(page + 1, isInLog: false)), "page \(page + 1)")
    }
  }

  @Test func `a changed size of the pages is found`() async throws {
    let ledger = try Ledger.open(path: folder.ledger, clock: clock.read)
    try await fill(1...20, ledger)
    await ledger.close()
    let bytes = try folder.bytes()
    for (place, change) in [(16, 0x18), (16, 0x0C), (16, 0x08), (16, 0xFF), (17, 0x01)] {
      var changed = bytes
      changed[place] ^= UInt8(change)
      try folder.write(changed)
      #expect((try? verify())?.findings.isEmpty != true, "byte \(place) ^ \(change)")
    }
  }

  @Test(arguments: [
    "UPDATE request SET cost_nanos = 59 WHERE sequence = 7",
    "UPDATE request SET tenant = 'other' WHERE sequence = 7",
    "UPDATE request SET is_streamed = 2 WHERE sequence = 7",
    "UPDATE request SET cost_nanos = '60' || 'x' WHERE sequence = 7",
    "UPDATE request SET hash = zeroblob(32) WHERE sequence = 7",
    "UPDATE charge SET amount = 1 WHERE sequence = 7",
    "UPDATE charge SET owner = x'ff' WHERE sequence = 7",
    "UPDATE counter SET owner = x'00ff', window = x'01'",
    "UPDATE attempt SET verdict = 'rejected'",
    "UPDATE gate SET is_accepted = 1 - is_accepted",
    "DELETE FROM attempt WHERE place = 0",
    "DELETE FROM charge WHERE sequence = 7",
    "DELETE FROM request WHERE sequence = 7",
    "DELETE FROM request WHERE sequence = 20",
    "DELETE FROM request",
    "INSERT INTO charge SELECT sequence + 99, place, budget, unit, owner, window, window_start, 5 FROM charge",
    "UPDATE counter SET amount = amount - 1",
    "DELETE FROM counter",
  ])
  func `an edited row is found`(edit statement: String) async throws {
    try await fill(20)
    try edit(statement)
    let result = try verify()
    #expect(!result.isWhole)
    #expect(!result.findings.contains { if case .page = $0 { true } else { false } })
  }

  @Test func `swapped rows are found`() async throws {
    try await fill(20)
    try edit(
      "UPDATE request SET sequence = -1 WHERE sequence = 3",
      "UPDATE request SET sequence = 3 WHERE sequence = 4",
      "UPDATE request SET sequence = 4 WHERE sequence = -1")
    #expect(try verify().findings.contains(.row(sequence: 3)))
  }

  @Test func `rows lost with the log are counted, when opened and ever after`() async throws {
    let ledger = try Ledger.open(path: folder.ledger, clock: clock.read)
    try await fill(1...20, ledger)
    try Samples.checkpoint(folder.ledger)
    let before = try folder.bytes()
    try await fill(21...24, ledger)
    let head = try folder.bytes("-head")
    await ledger.close()
    for name in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: folder.ledger + name)
    }
    try folder.write(before)
    try folder.write(head, "-head")
    #expect(try verify().findings == [.missingAtEnd(rows: 4, commits: 8)])
    let again = try Ledger.open(path: folder.ledger, clock: clock.read)
    #expect(again.head.sequence == 20)
    #expect(again.loss == LedgerLoss(rows: 4, commits: 8))
    await again.close()
    let later = try Ledger.open(path: folder.ledger, clock: clock.read)
    #expect(later.loss == nil)
    await later.close()
    let result = try verify()
    #expect(result.findings == [.knownLoss(at: Samples.noon, rows: 4, commits: 8)])
    #expect(result.isWhole)
  }

  @Test func `a missing head is named`() async throws {
    try await fill(3)
    try FileManager.default.removeItem(atPath: folder.ledger + "-head")
    #expect(try verify().findings == [.headMissing])
  }
}
