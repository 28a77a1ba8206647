import Foundation
import GRDB
import RoutingTestSupport
import Testing

@testable import DatabasePages

@Suite struct `The page guard` {
  private static let pageSize = 4096

  /// A closed database of a few dozen pages.
  private static func database(in folder: URL) throws -> String {
    let path = folder.appending(path: "test.db").path
    try PageGuard.install()
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: "PRAGMA application_id = 1234567")
      try db.execute(sql: "PRAGMA user_version = 7")
      try db.execute(sql: "CREATE TABLE a (n INTEGER PRIMARY KEY, t TEXT)")
      try db.execute(sql: "CREATE INDEX a_t ON a (t)")
      for number in 0..<300 {
        try db.execute(
          sql: "INSERT INTO a VALUES (?, ?)",
          arguments: [number, String(repeating: "x", count: 300)])
      }
    }
    try queue.close()
    return path
  }

  private static func inFolder(_ test: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "rung-pages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await test(folder)
  }

  /// Reads every page; the code of the failure.
  private static func readAll(_ path: String) -> ResultCode? {
    do {
      let queue = try DatabaseQueue(path: path)
      defer { try? queue.close() }
      _ = try queue.inDatabase { db in
        try String.fetchAll(db, sql: "SELECT t FROM a NOT INDEXED")
          + String.fetchAll(db, sql: "SELECT t FROM a INDEXED BY a_t ORDER BY t")
      }
      return nil
    } catch {
      return (error as? DatabaseError)?.extendedResultCode ?? .SQLITE_ERROR
    }
  }

  @Test func `keeps back a page with one changed byte, wherever it is`() async throws {
    try await Self.inFolder { folder in
      let path = try Self.database(in: folder)
      let whole = Array(try Data(contentsOf: URL(filePath: path)))
      let pages = whole.count / Self.pageSize
      #expect(PageGuard.damaged(in: whole, pageSize: Self.pageSize, first: 1) == [])
      #expect(Self.readAll(path) == nil)
      let seed = UInt64.random(in: 0...(1 << 40))
      var random = SplitMix(state: seed)
      for page in 1...pages {
        var bytes = whole
        // In the header there are other reasons to refuse it: those first 100 bytes have a test below.
        let first = (page - 1) * Self.pageSize + (page == 1 ? 100 : 0)
        let place = Int.random(in: first..<page * Self.pageSize, using: &random)
        bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        try Data(bytes).write(to: URL(filePath: path))
        #expect(
          PageGuard.damaged(in: bytes, pageSize: Self.pageSize, first: 1) == [page],
          "seed \(seed)")
        #expect(Self.readAll(path) == .SQLITE_IOERR_DATA, "seed \(seed), page \(page)")
      }
      SharedData.say("page guard: one byte in each of \(pages) pages, seed \(seed)")
    }
  }

  @Test func `keeps back pages in each other's place, and what is left of a cut one`() async throws
  {
    try await Self.inFolder { folder in
      let path = try Self.database(in: folder)
      let whole = Array(try Data(contentsOf: URL(filePath: path)))
      var swapped = whole
      for place in 0..<Self.pageSize {
        swapped.swapAt(4 * Self.pageSize + place, 5 * Self.pageSize + place)
      }
      try Data(swapped).write(to: URL(filePath: path))
      #expect(Self.readAll(path) == .SQLITE_IOERR_DATA)
      // All but the last page, and the half of that.
      try Data(whole.dropLast(Self.pageSize / 2)).write(to: URL(filePath: path))
      let code = Self.readAll(path)
      #expect(code == .SQLITE_IOERR_DATA || code == .SQLITE_CORRUPT)
    }
  }

  /// Whatever byte of the header is changed, nothing is read of a file that has checksums.
  @Test func `keeps back a changed header`() async throws {
    try await Self.inFolder { folder in
      let path = try Self.database(in: folder)
      let whole = Array(try Data(contentsOf: URL(filePath: path)))
      for place in 0..<100 where place != 20 {
        var bytes = whole
        bytes[place] ^= 0x11
        try Data(bytes).write(to: URL(filePath: path))
        #expect(Self.readAll(path) != nil, "byte \(place)")
      }
      // The one that says that there are checksums: whoever opens the file looks at it first.
      var bytes = whole
      bytes[20] = 0
      try Data(bytes).write(to: URL(filePath: path))
      #expect(DatabaseHeader(of: path)?.isGuarded == false)
    }
  }

  @Test func `reads a header beside whoever has the file open, and takes no lock from it`()
    async throws
  {
    try await Self.inFolder { folder in
      let path = try Self.database(in: folder)
      let queue = try DatabaseQueue(path: path)
      try await queue.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM a") }
      let header = try #require(DatabaseHeader(of: path))
      #expect(header.isDatabase && header.isGuarded && !header.isEmpty)
      #expect(header.application == 1_234_567 && header.version == 7)
      // Another process cannot leave the log's mode while somebody has the file open: if it can, the
      // locks are gone.
      await #expect(processExitsWith: .success) { [path = path as String] in
        try PageGuard.install()
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        var code: ResultCode?
        do {
          try queue.inDatabase { db in
            _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
          }
        } catch let error as DatabaseError {
          code = error.resultCode
        }
        #expect(code == .SQLITE_BUSY)
      }
      try queue.close()
    }
  }

  @Test func `says what is no database`() async throws {
    try await Self.inFolder { folder in
      let path = folder.appending(path: "x").path
      #expect(DatabaseHeader(of: path) == nil)
      try Data().write(to: URL(filePath: path))
      #expect(DatabaseHeader(of: path)?.isEmpty == true)
      try Data("a text".utf8).write(to: URL(filePath: path))
      let header = try #require(DatabaseHeader(of: path))
      #expect(!header.isEmpty && !header.isDatabase)
    }
  }
}
