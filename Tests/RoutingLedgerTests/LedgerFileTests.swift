import Foundation
import PolicyUnits
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingLedger

@Suite struct `The ledger's file` {
  private let folder: TestFolder
  private let clock = TestClock()

  init() throws { folder = try TestFolder() }

  private func open(_ mode: LedgerMode = .crashSafe) throws -> Ledger {
    try Ledger.open(path: folder.ledger, mode: mode, clock: clock.read)
  }

  private func requests(_ numbers: ClosedRange<UInt64>, in ledger: Ledger) async throws {
    for number in numbers {
      let admission = try await ledger.reserve(
        Samples.reservation(number), first: Samples.first())
      #expect(admission == .granted)
      _ = try await ledger.append(
        Samples.entry(number), settling: Settlement(used: [60], time: Samples.noon))
    }
  }

  @Test(arguments: LedgerMode.allCases)
  func `rows and counters are there when it is opened again`(mode: LedgerMode) async throws {
    let first = try open(mode)
    try await requests(1...5, in: first)
    let head = first.head
    await first.close()
    let second = try open(mode)
    #expect(second.head == head)
    #expect(head.sequence == 5)
    #expect(try await second.used([Samples.key()], at: Samples.noon) == [300])
    await second.close()
  }

  @Test func `rows come back exactly as they were chained`() async throws {
    let seed: UInt64 = 20_261_121
    var random = SplitMix(state: seed)
    let ledger = try open()
    var written: [ChainedEntry] = []
    for _ in 0..<200 {
      written.append(
        try await ledger.append(Samples.entry(random: &random), settling: nil))
    }
    await ledger.close()
    var read: [ChainedEntry] = []
    try LedgerReader(path: folder.ledger).forEach {
      read.append($0)
      return true
    }
    #expect(read == written, "seed \(seed)")
    var place = ChainPlace.start
    for row in read {
      let next = place.following(row.entry)
      #expect(next == row)
      place = ChainPlace(sequence: next.sequence, hash: next.hash)
    }
  }

  /// What a killed process leaves is what the files hold the moment a commit is told to be done.
  @Test(arguments: LedgerMode.allCases)
  func `a row is in the files when it is told to be kept, however long it is`(
    mode: LedgerMode
  ) async throws {
    let ledger = try open(mode)
    // One page, more than waits in memory, more than SQLite's own cache holds, and one page again.
    for (number, size) in zip(1...5 as ClosedRange<UInt64>, [10, 700_000, 6_000_000, 10, 10]) {
      var entry = Samples.entry(number)
      entry.facts = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let row = try await ledger.append(entry, settling: nil)
      let copy = try TestFolder()
      for suffix in ["", "-wal", "-head"] {
        try FileManager.default.copyItem(
          atPath: folder.ledger + suffix, toPath: copy.ledger + suffix)
      }
      #expect(try LedgerReader(path: copy.ledger).last(1) == [row])
      #expect(try LedgerVerifier(path: copy.ledger).verify().findings.isEmpty)
    }
    await ledger.close()
  }

  @Test func `a second writer is refused by name`() async throws {
    let first = try open()
    let here = Int(ProcessInfo.processInfo.processIdentifier)
    #expect(throws: LedgerFailure.inUse(path: folder.ledger, process: here)) { try open() }
    await first.close()
    await (try open()).close()
  }

  @Test func `a second writer is refused by whatever name it comes`() async throws {
    let link = folder.ledger + "-link"
    let files = FileManager.default
    try files.createSymbolicLink(atPath: link, withDestinationPath: folder.ledger)
    try files.createSymbolicLink(
      atPath: link + "-again", withDestinationPath: (link as NSString).lastPathComponent)
    // The first one makes the file its link names.
    let first = try Ledger.open(path: link + "-again", clock: clock.read)
    #expect(!files.fileExists(atPath: link + "-head"))
    for path in [folder.ledger, link] {
      #expect {
        try Ledger.open(path: path, clock: clock.read)
      } throws: {
        if case .inUse = $0 as? LedgerFailure { true } else { false }
      }
    }
    try await requests(1...3, in: first)
    #expect(try LedgerVerifier(path: link).verify().findings.isEmpty)
    await first.close()
    #expect(try LedgerVerifier(path: link).verify().findings.isEmpty)
  }

  @Test func `a reader sees committed rows beside the writer`() async throws {
    let ledger = try open()
    try await requests(1...3, in: ledger)
    let reader = try LedgerReader(path: folder.ledger)
    #expect(try reader.last(2).map(\.sequence) == [2, 3])
    try await requests(4...4, in: ledger)
    var filter = LedgerFilter()
    filter.after = 3
    filter.tenant = "acme"
    #expect(try reader.last(10, matching: filter).map(\.sequence) == [4])
    filter.tenant = "other"
    #expect(try reader.last(10, matching: filter).isEmpty)
    let name = Samples.id(4).description
    #expect(try reader.rows(named: name.lowercased()).map(\.sequence) == [4])
    #expect(try reader.rows(named: String(name.prefix(12)), limit: 9).count == 4)
    #expect(try reader.rows(named: "%").isEmpty)
    _ = try await ledger.reserve(Samples.reservation(5), first: Samples.first())
    #expect(try reader.openRequests().map(\.reservation.id) == [Samples.id(5)])
    await ledger.close()
  }
}
