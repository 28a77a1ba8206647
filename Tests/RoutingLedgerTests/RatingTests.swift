import Foundation
import GRDB
import RoutingBudgets
import Testing

@testable import RoutingLedger

@Suite struct `Ratings in the ledger` {
  private let folder: TestFolder
  private let clock = TestClock()

  init() throws { folder = try TestFolder() }

  private func open() throws -> Ledger { try Ledger.open(path: folder.ledger, clock: clock.read) }

  private static func rating(
    _ number: UInt64, _ rating: Rating = .good, tenant: String? = "acme", key: String? = "web",
    comment: String? = nil
  ) -> RatingEntry {
    RatingEntry(
      request: Samples.id(number), time: Samples.noon,
      rater: RatingEntry.Rater(tenant: tenant, user: "ada", key: key), rating: rating,
      comment: comment)
  }

  /// Rows and, of each third, ratings.
  private func fill(_ ledger: Ledger, _ numbers: ClosedRange<UInt64>) async throws {
    for number in numbers {
      try await ledger.append(Samples.entry(number), settling: nil)
      guard number % 3 == 0 else { continue }
      let score = Rating.score(millionths: Int64(number) * 1_000)
      #expect(try await ledger.rate(Self.rating(number, score, comment: "as said \(number)")))
    }
  }

  private func verify() throws -> LedgerVerification {
    try LedgerVerifier(path: folder.ledger).verify()
  }

  @Test func `come back as they were said, and the newest of each rater counts`() async throws {
    let ledger = try open()
    try await fill(ledger, 1...2)
    let said = [
      Self.rating(1, .good), Self.rating(1, .bad, comment: "it was \u{0} 🙂, \"no\""),
      Self.rating(1, .score(millionths: 250_000), key: "phone"), Self.rating(2, .bad),
      Self.rating(1, .score(millionths: 0)),
    ]
    for rating in said { #expect(try await ledger.rate(rating)) }
    let reader = try LedgerReader(path: folder.ledger)
    let first = try reader.ratings(of: Samples.id(1), limit: 9)
    #expect(first.map(\.rating.sequence) == [1, 2, 3, 5])
    #expect(first.map(\.counts) == [false, false, true, true])
    #expect(first.map(\.rating.entry.rating) == [said[0], said[1], said[2], said[4]].map(\.rating))
    #expect(first[1].rating.entry.comment == "it was \u{FFFD} 🙂, \"no\"")
    #expect(try reader.ratings(of: Samples.id(1), limit: 1).map(\.rating.sequence) == [5])
    #expect(try reader.ratings(of: Samples.id(9), limit: 9).isEmpty)
    var all: [Int64] = []
    try reader.forEachRating {
      all.append($0.rating.sequence)
      return true
    }
    #expect(all == [1, 2, 3, 4, 5])
    var filter = LedgerFilter()
    filter.after = 1
    all = []
    try reader.forEachRating(matching: filter) {
      all.append($0.rating.sequence)
      return true
    }
    #expect(all == [4])
    await ledger.close()
    let result = try verify()
    #expect(result.findings.isEmpty)
    #expect(result.ratings == 5)
  }

  @Test func `are of one's own tenant's requests only, and nobody learns of others`() async throws {
    let ledger = try open()
    try await fill(ledger, 1...1)
    for tenant in ["other", nil, "", "ACME"] {
      #expect(try await ledger.rate(Self.rating(1, tenant: tenant)) == false)
    }
    #expect(try await ledger.rate(Self.rating(2)) == false)
    #expect(try LedgerReader(path: folder.ledger).ratings(of: Samples.id(1), limit: 9).isEmpty)
    await ledger.close()
    await #expect(throws: LedgerFailure.closed) { try await ledger.rate(Self.rating(1)) }
    #expect(try verify().ratings == 0)
  }

  @Test func `are chained on after the ledger was opened again`() async throws {
    for range in [1...3, 4...6, 7...9] as [ClosedRange<UInt64>] {
      let ledger = try open()
      try await fill(ledger, range)
      await ledger.close()
    }
    let result = try verify()
    #expect(result.findings.isEmpty)
    #expect(result.ratings == 3)
  }

  @Test func `survive the process that took them`() async throws {
    let ledger = try open()
    try await fill(ledger, 1...30)
    // As a kill leaves it: the files as they are while it is open.
    let copy = try TestFolder()
    for name in ["", "-wal", "-head"] { try copy.write(try folder.bytes(name), name) }
    await ledger.close()
    let again = try Ledger.open(path: copy.ledger, clock: clock.read)
    #expect(again.loss == nil)
    #expect(try await again.rate(Self.rating(3, .bad)))
    await again.close()
    let result = try LedgerVerifier(path: copy.ledger).verify()
    #expect(result.findings.isEmpty)
    #expect(result.ratings == 11)
    let kept = try LedgerReader(path: copy.ledger).ratings(of: Samples.id(3), limit: 9)
    #expect(kept.map(\.rating.entry.rating) == [.score(millionths: 3_000), .bad])
  }

  @Test func `that the disk does not keep are not acknowledged, and leave no gap`() async throws {
    let disk = ScriptedDisk()
    let ledger = try Ledger(disk: disk, clock: clock.read)
    try await ledger.append(Samples.entry(1), settling: nil)
    disk.fail(1)
    await #expect(throws: LedgerFailure.cannotWrite(reason: "the disk is full")) {
      try await ledger.rate(Self.rating(1, .bad))
    }
    #expect(try await ledger.rate(Self.rating(1, .good)))
    await ledger.close()
    #expect(disk.ratings.map(\.sequence) == [1])
    #expect(disk.ratings.map(\.entry.rating) == [.good])
    #expect(disk.ratings.first == ChainPlace.start.following(Self.rating(1, .good)))
    let later = try Ledger(disk: disk, clock: clock.read)
    #expect(try await later.rate(Self.rating(1, .bad)))
    await later.close()
    #expect(disk.ratings.last == disk.ratings[0].place.following(Self.rating(1, .bad)))
  }

  /// Edits the file as its owner could, checksums and all.
  private func edit(_ statements: [String]) throws {
    let queue = try LedgerFile.openForWriting(path: folder.ledger, mode: .crashSafe)
    try queue.inDatabase { db in
      for change in ["update", "delete"] {
        try db.execute(sql: "DROP TRIGGER rating_no_\(change)")
      }
      for statement in statements { try db.execute(sql: statement) }
    }
    try queue.close()
  }

  @Test(
    arguments: [
      (["UPDATE rating SET comment = 'well' WHERE sequence = 4"], .rating(sequence: 4)),
      (["UPDATE rating SET comment = NULL WHERE sequence = 4"], .rating(sequence: 4)),
      (["UPDATE rating SET score_millionths = 1 WHERE sequence = 4"], .rating(sequence: 4)),
      (["UPDATE rating SET tenant = 'other' WHERE sequence = 10"], .rating(sequence: 10)),
      (["UPDATE rating SET time_ms = time_ms + 1 WHERE sequence = 1"], .rating(sequence: 1)),
      (["UPDATE rating SET hash = zeroblob(32) WHERE sequence = 4"], .rating(sequence: 4)),
      (
        ["UPDATE rating SET rating = 'good' WHERE sequence = 4"],
        .malformedRating(sequence: 4, column: "rating")
      ),
      (
        ["UPDATE rating SET score_millionths = 'x' WHERE sequence = 4"],
        .malformedRating(sequence: 4, column: "score_millionths")
      ),
      (["DELETE FROM rating WHERE sequence = 4"], .ratingGap(after: 3, before: 5)),
      (["DELETE FROM rating WHERE sequence = 10"], .ratingCount(kept: 9, written: 10)),
      (["DELETE FROM rating"], .ratingCount(kept: 0, written: 10)),
      (
        [
          "UPDATE rating SET sequence = -1 WHERE sequence = 3",
          "UPDATE rating SET sequence = 3 WHERE sequence = 4",
          "UPDATE rating SET sequence = 4 WHERE sequence = -1",
        ], .rating(sequence: 3)
      ),
      (
        [
          "INSERT INTO rating SELECT 11, 'x', 0, '', '', '', 'bad', 0, '', hash FROM rating LIMIT 1"
        ],
        .strays(table: "rating", count: 1)
      ),
    ] as [([String], LedgerFinding)])
  func `that were edited, lost or swapped are found`(
    statements: [String], finding: LedgerFinding
  ) async throws {
    let ledger = try open()
    try await fill(ledger, 1...30)
    await ledger.close()
    try edit(statements)
    let result = try verify()
    #expect(result.findings.contains(finding), "\(result.findings)")
    #expect(!result.isWhole)
    #expect(!result.findings.contains { if case .row = $0 { true } else { false } })
  }

  @Test func `a changed byte in one is found`() async throws {
    let ledger = try open()
    try await fill(ledger, 1...30)
    await ledger.close()
    let whole = try folder.bytes()
    let needle = Array("as said 15".utf8)
    let place = try #require(
      whole.indices.first { whole[$0...].starts(with: needle) }, "the comment is in the file")
    for offset in needle.indices {
      var bytes = whole
      bytes[place + offset] ^= 1 << UInt8(offset % 7)
      try folder.write(bytes)
      #expect(try verify().isWhole == false)
    }
    try folder.write(whole)
    #expect(try verify().findings.isEmpty)
  }

  @Test func `are never changed or removed by statements`() async throws {
    let ledger = try open()
    try await fill(ledger, 1...3)
    await ledger.close()
    let queue = try DatabaseQueue(path: folder.ledger)
    for statement in ["UPDATE rating SET comment = 'x'", "DELETE FROM rating"] {
      #expect(throws: DatabaseError.self) {
        try queue.inDatabase { db in try db.execute(sql: statement) }
      }
    }
    try queue.close()
  }

  @Test func `a ledger of the format before has none until it is opened to write`() async throws {
    let ledger = try open()
    try await fill(ledger, 1...2)
    await ledger.close()
    let queue = try LedgerFile.openForWriting(path: folder.ledger, mode: .crashSafe)
    try queue.inDatabase { db in
      try db.execute(sql: "DROP VIEW ratings_by_model")
      try db.execute(sql: "DROP TABLE rating")
      try db.execute(sql: "ALTER TABLE state DROP COLUMN ratings")
      try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '3'")
      try db.execute(sql: "PRAGMA user_version = 2")
    }
    try queue.close()
    let reader = try LedgerReader(path: folder.ledger)
    #expect(try reader.ratings(of: Samples.id(1), limit: 9).isEmpty)
    try reader.forEachRating { rating in
      Issue.record("it has \(rating)")
      return true
    }
    let before = try verify()
    #expect(before.findings.isEmpty)
    let again = try open()
    #expect(again.head.sequence == 2)
    #expect(try await again.rate(Self.rating(1)))
    await again.close()
    let after = try verify()
    #expect(after.findings.isEmpty)
    #expect(after.ratings == 1)
    #expect(after.head == before.head)
  }
}
