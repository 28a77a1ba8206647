import DatabasePages
import GRDB

/// What `verify` found.
package struct LedgerVerification: Hashable, Sendable {
  package internal(set) var findings: [LedgerFinding] = []
  /// Rows that were read.
  package internal(set) var rows: Int64 = 0
  /// Ratings that were read.
  package internal(set) var ratings: Int64 = 0
  /// The last row's place as it is stored.
  package internal(set) var head = ChainPlace.start
  /// Pages held against their checksums; nil while a writer was at work.
  package internal(set) var pages: Int?

  /// Whether every acknowledged row is there and as it was written.
  package var isWhole: Bool { findings.allSatisfy(\.isHarmless) }

  /// The head's hash in hexadecimal, as `--expect-head` takes it.
  package var headText: String { ChainCheck.hexadecimal(head.hash) }
}

/// Proves a ledger: its bytes, its structure, its chain, its sums and its end.
///
/// Changes nothing.
///
/// While a writer is at work it proves a snapshot and leaves out the bytes, which are in motion.
package struct LedgerVerifier: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  /// Proves it all, in one pass over the file.
  ///
  /// `expected` is a hash in hexadecimal that was the head once; `progress` is told the rows done and
  /// the rows there are. It throws only if there is nothing to verify; damage is a finding.
  package func verify(
    expecting expected: String? = nil, progress: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }
  ) throws(LedgerFailure) -> LedgerVerification {
    let files = try LedgerFiles(path: path)
    guard files.exists else { throw .cannotOpen(path: path, reason: "there is no such file") }
    var result = LedgerVerification()
    let hold = try ReadersHold(files, ledger: path)
    defer { hold.release() }
    // The head first: a writer at work only moves the rows beyond it.
    let slots = headSlots(files)
    if !hold.isRefused { checkBytes(files, &result) }
    do {
      try check(slots, expected: expected?.lowercased(), &result, progress)
    } catch let failure as LedgerFailure {
      if result.findings.isEmpty, hold.isRefused { throw failure }
      if result.findings.isEmpty, Self.isBeyondJudging(failure) { throw failure }
      if case .notALedger = failure, result.findings.count == result.pages { throw failure }
      result.findings.append(.unreadable(failure.description))
    } catch let error as DatabaseError where LedgerFile.isDamagedPage(error) {
      result.findings.append(.unreadable(PageGuard.refusal))
    } catch {
      result.findings.append(.unreadable("\(LedgerFile.readFailure(error))"))
    }
    return result
  }

  /// Nothing is wrong with the bytes: another version made them, or they cannot be read here.
  private static func isBeyondJudging(_ failure: LedgerFailure) -> Bool {
    switch failure {
    case .tooNew, .cannotOpen, .clockBehind, .otherCurrency: true
    case .inUse, .notALedger, .cannotWrite, .cannotRead, .closed, .cancelled, .expired,
      .beyondReservation:
      false
    }
  }

  private func headSlots(_ files: LedgerFiles) -> [HeadFile.Slot] {
    guard let file = try? RawFile(reading: files.head),
      let slots = try? HeadFile.slots(of: file)
    else { return [.empty, .empty] }
    return slots
  }

  private func checkBytes(_ files: LedgerFiles, _ result: inout LedgerVerification) {
    do throws(RawFile.Failure) {
      var logged: Set<Int> = []
      if let file = try? RawFile(reading: files.log) {
        let log = try LogFileCheck(file)
        logged = log.pages
        if let frame = log.damagedFrame { result.findings.append(.log(frame: frame)) }
      }
      let file = try PageFileCheck(RawFile(reading: files.database))
      result.pages = file.pages
      if let size = file.oddSize { result.findings.append(.fileSize(size)) }
      result.findings += file.damaged.map { .page($0, isInLog: logged.contains($0)) }
    } catch {
      result.findings.append(.unreadable(error.reason))
    }
  }

  private func check(
    _ slots: [HeadFile.Slot], expected: String?, _ result: inout LedgerVerification,
    _ progress: (Int64, Int64) -> Void
  ) throws {
    let queue = try LedgerFile.openForReading(path: path)
    defer { try? queue.close() }
    let head = HeadFile.newest(of: slots)
    var commits: Int64 = 0
    // By itself: SQLite gives a transaction up at a page that is held back.
    try queue.inDatabase { db in try checkStructure(db, &result) }
    try queue.inDatabase { db in
      try db.inTransaction(.deferred) {
        commits = try Int64.fetchOne(db, sql: "SELECT commits FROM state") ?? 0
        var chain = ChainCheck(db)
        defer {
          result.findings += chain.findings
          result.rows = chain.rows
          result.head = chain.tail
        }
        try chain.checkRows(head: head?.place, expected: expected, progress: progress)
        try chain.checkSums()
        var ratings = RatingCheck(db)
        defer {
          result.findings += ratings.findings
          result.ratings = ratings.ratings
        }
        try ratings.check()
        _ = try LedgerRecovery.openRequests(RowReader(db: db))
        if let head, head.place.sequence > 0, head.place.sequence <= chain.tail.sequence,
          chain.headHash != head.place.hash
        {
          result.findings.append(.headMismatch(sequence: head.place.sequence))
        }
        if expected != nil, !chain.hasExpected { result.findings.append(.expectedHeadAbsent) }
        return .commit
      }
    }
    checkHead(slots, newest: head, commits: commits, &result)
  }

  /// It ends at a page that is held back; the rows may all lie elsewhere.
  private func checkStructure(_ db: Database, _ result: inout LedgerVerification) throws {
    do {
      let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check")
      if lines != ["ok"] { result.findings += lines.map { .structure($0) } }
    } catch let error as DatabaseError where LedgerFile.isDamagedPage(error) {
      guard result.isWhole else { return }
      result.findings.append(.unreadable(PageGuard.refusal))
    }
  }

  private func checkHead(
    _ slots: [HeadFile.Slot], newest: LedgerHead?, commits: Int64,
    _ result: inout LedgerVerification
  ) {
    if slots.contains(.damaged) { result.findings.append(.headDamaged) }
    guard let newest else {
      if slots.contains(.empty) { result.findings.append(.headMissing) }
      return
    }
    if newest.commits > commits || newest.place.sequence > result.head.sequence {
      result.findings.append(
        .missingAtEnd(
          rows: max(0, newest.place.sequence - result.head.sequence),
          commits: max(0, newest.commits - commits)))
    }
  }
}
