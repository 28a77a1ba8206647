import Foundation
import GRDB
import RoutingTestSupport
import Testing

@testable import RoutingLedger

/// What waits in memory on its way to the log, between connections that know nothing of each other.
@Suite struct `A log whose commits are gathered` {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// A connection whose cache holds so little that a transaction writes to the log before it commits.
  private func connection() throws -> DatabaseQueue {
    let queue = try LedgerFile.openForWriting(path: folder.ledger, mode: .crashSafe)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = 5")
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      try db.execute(
        sql: "CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    }
    return queue
  }

  private static func fill(_ db: Database, _ numbers: ClosedRange<Int>, _ letter: String) throws {
    for number in numbers {
      try db.execute(
        sql: "INSERT OR REPLACE INTO note VALUES (?, ?)",
        arguments: [number, String(repeating: letter, count: 3000)])
    }
  }

  private static func notes(_ db: Database) throws -> [Int: String] {
    let rows = try Row.fetchAll(db, sql: "SELECT id, substr(text, 1, 8), length(text) FROM note")
    return rows.reduce(into: [:]) { notes, row in
      notes[row[0]] = "\(row[1] as String) \(row[2] as Int)"
    }
  }

  /// What a process killed now would leave: nil unless SQLite finds it whole.
  private func left() throws -> [Int: String]? {
    let copy = try TestFolder()
    for suffix in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: folder.ledger + suffix, toPath: copy.ledger + suffix)
    }
    return try DatabaseQueue(path: copy.ledger).inDatabase { db in
      guard try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok" else { return nil }
      return try Self.notes(db)
    }
  }

  /// However many pages wait when the transaction is given up.
  @Test(arguments: [6, 7, 8, 9, 10, 15, 28, 29, 60])
  func `what was given up never reaches the file, where others have written since`(
    count: Int
  ) throws {
    let first = try connection()
    let second = try connection()
    try first.inTransaction { db in
      try Self.fill(db, 1...count, "x")
      return .rollback
    }
    try second.inTransaction { db in
      try Self.fill(db, 1...(count + 10), "y")
      return .commit
    }
    let whole = try second.inDatabase(Self.notes)
    #expect(whole.count == count + 10)
    #expect(try first.inDatabase(Self.notes) == whole)
    #expect(try left() == whole)
    try first.inTransaction { db in
      try Self.fill(db, 0...0, "z")
      return .commit
    }
    #expect(try left()?.count == count + 11)
  }

  @Test func `two connections that commit and give up in turns agree with a plain table`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    SharedData.say("seed \(seed)")
    var random = SplitMix(state: seed)
    let connections = [try connection(), try connection()]
    var kept: [Int: String] = [:]
    for round in 0..<150 {
      let words = "seed \(seed), round \(round)"
      let writer = Int.random(in: 0...1, using: &random)
      var next = kept
      let isKept = Bool.random(using: &random)
      try connections[writer].inTransaction { db in
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          try Self.step(db, &next, &random)
          #expect(try connections[1 - writer].inDatabase(Self.notes) == kept, "\(words)")
          if Bool.random(using: &random) { #expect(try Self.notes(db) == next, "\(words)") }
        }
        return isKept ? .commit : .rollback
      }
      if isKept { kept = next }
      if round % 3 == 0 { #expect(try left() == kept, "\(words)") }
      #expect(try connections[writer].inDatabase(Self.notes) == kept, "\(words)")
      if round % 10 == 9 {
        let manner = ["PASSIVE", "RESTART", "TRUNCATE"].randomElement(using: &random) ?? "FULL"
        try connections[1 - writer].inDatabase { db in
          try db.execute(sql: "PRAGMA wal_checkpoint(\(manner))")
        }
      }
    }
    #expect(try left() == kept, "seed \(seed)")
  }

  /// Writes some notes, a few or more than wait in memory.
  ///
  /// No savepoints: where a transaction takes back what it has written over, SQLite 3.40 itself makes
  /// a log that cannot be read again.
  private static func step(
    _ db: Database, _ notes: inout [Int: String], _ random: inout SplitMix
  ) throws {
    let letter = ["a", "b", "c", "d"].randomElement(using: &random) ?? "e"
    let start = Int.random(in: 1...60, using: &random)
    let numbers = start...(start + [0, 3, 12, 45][Int.random(in: 0...3, using: &random)])
    try fill(db, numbers, letter)
    for number in numbers { notes[number] = String(repeating: letter, count: 8) + " 3000" }
  }

  /// It has written over its own pages, whose sums are made anew only when it commits.
  @Test func `a large transaction under way or given up is no damage`() async throws {
    let ledger = try Ledger.open(path: folder.ledger, clock: TestClock().read)
    _ = try await ledger.append(Samples.entry(1), settling: nil)
    let other = try connection()
    _ = try await ledger.append(Samples.entry(2), settling: nil)
    try other.inTransaction { db in
      for letter in ["x", "y", "z"] { try Self.fill(db, 1...90, letter) }
      #expect(try findingsLeft() == [])
      return .rollback
    }
    #expect(try findingsLeft() == [])
    _ = try await ledger.append(Samples.entry(3), settling: nil)
    #expect(try findingsLeft() == [])
    await ledger.close()
  }

  /// Without the mark or the salts of its last frame a commit looks like one that never ended.
  @Test func `a changed byte in the last frame's header is found`() async throws {
    let ledger = try Ledger.open(path: folder.ledger, clock: TestClock().read)
    for number in 1...3 as ClosedRange<UInt64> {
      _ = try await ledger.append(Samples.entry(number), settling: nil)
    }
    let log = try folder.bytes("-wal")
    let start = log.count - LedgerFile.pageSize - 24
    for place in start..<(start + 24) {
      for change in Set([log[place], 0x80]).subtracting([0]) {
        var changed = log
        changed[place] ^= change
        #expect(try findingsLeft(log: changed) != [], "byte \(place - start) ^ \(change)")
      }
    }
    #expect(try findingsLeft(log: log) == [])
    await ledger.close()
  }

  private func findingsLeft(log: [UInt8]? = nil) throws -> [LedgerFinding] {
    let copy = try TestFolder()
    for suffix in ["", "-wal", "-head"] {
      try FileManager.default.copyItem(
        atPath: folder.ledger + suffix, toPath: copy.ledger + suffix)
    }
    if let log { try copy.write(log, "-wal") }
    return try LedgerVerifier(path: copy.ledger).verify().findings
  }

  #if os(Linux)
    @Test func `a transaction whose pages cannot be written is kept whole or not at all`() throws {
      let queue = try connection()
      try queue.inDatabase { db in
        try db.execute(sql: "BEGIN")
        try Self.fill(db, 1...15, "x")
        let log = try HurtLog(folder.ledger)
        let failure = #expect(throws: DatabaseError.self) { try Self.notes(db) }
        #expect(failure?.resultCode == .SQLITE_IOERR)
        log.heal()
        if db.isInsideTransaction { try db.execute(sql: "COMMIT") }
      }
      let whole = try queue.inDatabase(Self.notes)
      #expect(whole.isEmpty || whole.count == 15)
      #expect(try left() == whole)
      try queue.inTransaction { db in
        try Self.fill(db, 1...15, "y")
        return .commit
      }
      #expect(try left()?.count == 15)
    }
  #endif
}
