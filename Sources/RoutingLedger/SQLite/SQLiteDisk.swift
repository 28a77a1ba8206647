import Foundation
import GRDB
import RoutingBudgets
import Synchronization

/// The ledger's file: an SQLite database in WAL mode, beside it the lock and the head.
///
/// One instance has one connection to write, and only the commit thread uses it; who looks a request up
/// reads through another, and waits for no commit.
final class SQLiteDisk: LedgerDisk {
  let path: String
  private let lock: LedgerLock
  private let queue: DatabaseQueue
  private let writer: StatementWriter
  private let head: HeadFile
  private let commits = Mutex<Int64>(0)
  private let place = Mutex(ChainPlace.start)
  private let lookup = Mutex(Lookup.unopened)

  private enum Lookup {
    case unopened
    case open(LedgerReader)
    case closed
  }

  /// Opens or creates the file, takes its lock and brings an older format forward.
  init(path: String, mode: LedgerMode) throws(LedgerFailure) {
    self.path = path
    let files = try LedgerFiles(path: path)
    try files.checkOneName()
    lock = try LedgerLock(path: files.lock, ledger: path)
    queue = try LedgerFile.openForWriting(path: path, mode: mode)
    do {
      writer = try queue.inDatabase { db in try StatementWriter(db) }
    } catch {
      throw LedgerFile.openFailure(error, path: path)
    }
    head = try HeadFile(path: files.head, ledger: path)
  }

  func recover(at time: Timestamp) throws(LedgerFailure) -> LedgerRecovery {
    do {
      let found = try queue.inDatabase { db in try LedgerRecovery.read(db, at: time) }
      commits.withLock { $0 = found.commits }
      place.withLock {
        $0 = ChainPlace(sequence: found.recovery.sequence, hash: found.recovery.hash)
      }
      var recovery = found.recovery
      recovery.loss = try holdAgainstHead(at: time)
      return recovery
    } catch {
      throw LedgerFile.readFailure(error)
    }
  }

  func commit(_ batch: [LedgerRecord]) throws(LedgerFailure) {
    var next = place.withLock { $0 }
    for case .end(let row) in batch {
      precondition(row.sequence == next.sequence + 1, "rows follow one another")
      next = ChainPlace(sequence: row.sequence, hash: row.hash)
    }
    var steps = StatementSteps()
    for record in batch { steps.write(record) }
    steps.countCommit()
    do {
      try queue.inDatabase { _ in try writer.commit(steps) }
    } catch {
      throw LedgerFile.writeFailure(error)
    }
    let count = commits.withLock { commits in
      commits += 1
      return commits
    }
    place.withLock { $0 = next }
    // The rows are kept whether or not their head is: it may lag, and the next commit writes it.
    head.write(LedgerHead(commits: count, place: next))
  }

  func caller(of request: RequestID) throws(LedgerFailure) -> LedgerEntry.Caller? {
    // Under the lock to the end: closing waits for it, as nothing may be asked of a closed connection.
    let found: Result<LedgerEntry.Caller?, LedgerFailure> = lookup.withLock { lookup in
      do throws(LedgerFailure) {
        let reader: LedgerReader
        switch lookup {
        case .open(let open): reader = open
        case .closed: throw .closed
        case .unopened:
          reader = try LedgerReader(path: path)
          lookup = .open(reader)
        }
        return .success(try reader.caller(of: request))
      } catch {
        return .failure(error)
      }
    }
    return try found.get()
  }

  func close() {
    // The last connection to be closed brings the log into the file: that is the writer's.
    lookup.withLock { lookup in
      if case .open(let reader) = lookup { reader.close() }
      lookup = .closed
    }
    writer.close()
    try? queue.close()
    head.close()
    lock.release()
  }

  /// Looks for rows that were acknowledged and are not there, and keeps what it finds for `verify`.
  private func holdAgainstHead(at time: Timestamp) throws -> LedgerLoss? {
    let place = place.withLock { $0 }
    let count = commits.withLock { $0 }
    var loss: LedgerLoss?
    if let head = head.newest, head.commits > count {
      loss = LedgerLoss(
        rows: max(0, head.place.sequence - place.sequence), commits: head.commits - count)
      try queue.inDatabase { db in
        try db.execute(
          sql: LedgerStatement.insertion(into: "loss", columns: 5),
          arguments: [
            time.milliseconds, head.place.sequence - place.sequence, head.commits - count,
            head.place.sequence, Data(head.place.hash),
          ])
      }
    }
    head.rewrite(LedgerHead(commits: count, place: place))
    return loss
  }
}
