import Foundation
import GRDB
import RoutingTestSupport
import Testing

@testable import RoutingLedger

@Suite struct `The ledger's files` {
  private let folder: TestFolder
  private let clock = TestClock()

  init() throws { folder = try TestFolder() }

  private func fill() async throws -> ChainPlace {
    let ledger = try Ledger.open(path: folder.ledger, clock: clock.read)
    var random = SplitMix(state: 4)
    for _ in 0..<5 { _ = try await ledger.append(Samples.entry(random: &random), settling: nil) }
    let head = ledger.head
    await ledger.close()
    return head
  }

  /// Neither can be made then, nor read, whoever asks: a folder's rights do not hold for everybody.
  private func block(_ suffixes: String...) throws {
    for suffix in suffixes {
      try? FileManager.default.removeItem(atPath: folder.ledger + suffix)
      try FileManager.default.createSymbolicLink(
        atPath: folder.ledger + suffix, withDestinationPath: "/nowhere/at/all")
    }
  }

  @Test func `a backup beside which no file can be made is read and proved`() async throws {
    let head = try await fill()
    try block("-lock", "-shm")
    let result = try LedgerVerifier(path: folder.ledger).verify()
    #expect(result.findings.isEmpty)
    #expect(result.head == head)
    #expect((result.pages ?? 0) > 10)
    #expect(try LedgerReader(path: folder.ledger).head() == head)
    var bytes = try folder.bytes()
    bytes[bytes.count - 100] ^= 1
    try folder.write(bytes)
    #expect(!(try LedgerVerifier(path: folder.ledger).verify().isWhole))
  }

  @Test func `a log that cannot be read is not left out in silence`() async throws {
    _ = try await fill()
    try folder.write([UInt8](repeating: 1, count: 5000), "-wal")
    try block("-shm")
    #expect {
      try LedgerReader(path: folder.ledger)
    } throws: { error in
      "\(error)".contains("-wal` is read only where files can be made; copy")
    }
    // Here the log itself is damaged as well, and that comes first.
    #expect(try LedgerVerifier(path: folder.ledger).verify().findings.first == .log(frame: 0))
  }

  @Test func `a ledger of two names has one writer and one head`() async throws {
    let link = folder.ledger + "-by-another-name"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "rung.ledger")
    let first = try Ledger.open(path: link, clock: clock.read)
    #expect {
      try Ledger.open(path: folder.ledger, clock: clock.read)
    } throws: { error in
      if case LedgerFailure.inUse = error { true } else { false }
    }
    #expect(try LedgerVerifier(path: folder.ledger).verify().pages == nil)
    await first.close()
    #expect(FileManager.default.fileExists(atPath: folder.ledger + "-head"))
    #expect(!FileManager.default.fileExists(atPath: link + "-head"))
    #expect(try LedgerVerifier(path: link).verify().findings.isEmpty)
  }

  @Test(arguments: [":memory:", "file:rung?mode=memory", "file::memory:"])
  func `a name that SQLite keeps nowhere is a file's name`(name: String) throws {
    #expect(try LedgerFiles(path: name).database == "./" + name)
  }

  @Test(arguments: ["", "/", "/dev/null"])
  func `what is no file is refused`(path: String) {
    func isRefused(_ error: any Error) -> Bool {
      if case LedgerFailure.cannotOpen(path, _) = error { true } else { false }
    }
    #expect(throws: (any Error).self) { try LedgerFiles(path: path) }
    #expect { try Ledger.open(path: path, clock: clock.read) } throws: { isRefused($0) }
    #expect { try LedgerReader(path: path) } throws: { isRefused($0) }
    #expect { try LedgerVerifier(path: path).verify() } throws: { isRefused($0) }
  }

  @Test func `links that lead in a circle are refused`() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.ledger, withDestinationPath: "rung.ledger")
    #expect {
      try Ledger.open(path: folder.ledger, clock: clock.read)
    } throws: { error in
      "\(error)".hasSuffix("it is a link that leads to itself")
    }
  }

  @Test func `a later format is not called damaged`() async throws {
    _ = try await fill()
    let queue = try LedgerFile.openForWriting(path: folder.ledger, mode: .crashSafe)
    try queue.inDatabase { db in try db.execute(sql: "PRAGMA user_version = 9") }
    try queue.close()
    #expect(throws: LedgerFailure.tooNew(path: folder.ledger, version: 9)) {
      try LedgerVerifier(path: folder.ledger).verify()
    }
  }
}
