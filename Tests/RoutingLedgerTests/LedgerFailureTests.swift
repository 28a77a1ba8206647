import Foundation
import RoutingBudgets
import Testing

@testable import RoutingLedger

#if os(Linux)
  import Glibc

  /// The one write of a commit fails, or stops half way: nobody is told that the row is kept, and the
  /// ledger goes on when the disk does.
  @Suite struct `A commit whose write fails` {
    private let folder: TestFolder
    private let clock = TestClock()

    init() throws { folder = try TestFolder() }

    /// One page, more than one write holds, and more than SQLite's cache holds.
    private static let sizes = [10, 700_000, 6_000_000]

    private static func entry(_ number: UInt64, facts size: Int) -> LedgerEntry {
      var entry = Samples.entry(number)
      entry.facts = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      return entry
    }

    private static func isRefused(_ entry: LedgerEntry, by ledger: Ledger) async -> Bool {
      do throws(LedgerFailure) {
        _ = try await ledger.append(entry, settling: nil)
        return false
      } catch {
        if case .cannotWrite = error { return true }
        return false
      }
    }

    /// What a process killed now leaves is whole and has these rows.
    private static func expectLeft(_ numbers: [UInt64], of path: String) throws {
      let copy = try TestFolder()
      for suffix in ["", "-wal", "-head"] {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: copy.ledger + suffix)
      }
      let findings = try LedgerVerifier(path: copy.ledger).verify().findings
      #expect(findings.filter { !$0.isHarmless } == [])
      let rows = try LedgerReader(path: copy.ledger).last(100)
      #expect(rows.map(\.entry.id) == numbers.map(Samples.id))
    }

    @Test(arguments: LedgerMode.allCases, sizes)
    func `is told to have failed, and the next one is kept`(
      mode: LedgerMode, size: Int
    ) async throws {
      let ledger = try Ledger.open(path: folder.ledger, mode: mode, clock: clock.read)
      _ = try await ledger.append(Samples.entry(1), settling: nil)
      let log = try HurtLog(folder.ledger)
      #expect(log.isHurt)
      let isRefused = await Self.isRefused(Self.entry(2, facts: size), by: ledger)
      try Self.expectLeft([1], of: folder.ledger)
      log.heal()
      #expect(isRefused)
      // What it says has happened, so it is kept as soon as that is possible.
      let row = try await ledger.append(Samples.entry(3), settling: nil)
      #expect(row.sequence == 3)
      try Self.expectLeft([1, 2, 3], of: folder.ledger)
      await ledger.close()
    }

    /// A process of its own, because what it may write is limited for all its files.
    @Test(arguments: LedgerMode.allCases, sizes)
    func `half way is told to have failed, and the next one is kept`(
      mode: LedgerMode, size: Int
    ) async throws {
      let (path, isDurable) = (folder.ledger, mode == .durable)
      await #expect(processExitsWith: .success) {
        [path = path as String, isDurable = isDurable as Bool, size = size as Int] in
        signal(SIGXFSZ, SIG_IGN)
        let clock = TestClock()
        let ledger = try Ledger.open(
          path: path, mode: isDurable ? .durable : .crashSafe, clock: clock.read)
        _ = try await ledger.append(Samples.entry(1), settling: nil)
        let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")
        let length = try #require(log[.size] as? NSNumber).uint64Value
        let room = UInt64(size > 1000 ? 300_000 : 2 * LedgerFile.pageSize + 800)
        Self.limitFiles(to: length + room)
        let isRefused = await Self.isRefused(Self.entry(2, facts: size), by: ledger)
        let halved = try FileManager.default.attributesOfItem(atPath: path + "-wal")
        Self.limitFiles(to: nil)
        #expect(isRefused)
        #expect((halved[.size] as? NSNumber)?.uint64Value == length + room)
        try Self.expectLeft([1], of: path)
        let row = try await ledger.append(Samples.entry(3), settling: nil)
        #expect(row.sequence == 3)
        try Self.expectLeft([1, 2, 3], of: path)
        await ledger.close()
      }
    }

    private static func limitFiles(to size: UInt64?) {
      var limit = rlimit()
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      limit.rlim_cur = size.map { rlim_t($0) } ?? limit.rlim_max
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    }
  }
#endif
