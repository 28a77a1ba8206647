import Foundation
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingLedger

/// Ledgers that somebody else has written to: what is wrong is found, no row is read that was not
/// written, and nothing ends the process.
@Suite struct `A destroyed ledger` {
  private static let rows: UInt64 = 60
  private static let pageSize = LedgerFile.pageSize
  private static let ends = ["", "-wal", "-head"]

  private static func fill(_ numbers: ClosedRange<UInt64>, _ ledger: Ledger) async throws {
    for number in numbers {
      _ = try await ledger.reserve(Samples.reservation(number), first: Samples.first())
      _ = try await ledger.append(
        Samples.entry(number), settling: Settlement(used: [60], time: Samples.noon))
    }
  }

  private static func read(_ path: String) throws -> [ChainedEntry] {
    var rows: [ChainedEntry] = []
    try LedgerReader(path: path).forEach {
      rows.append($0)
      return true
    }
    return rows
  }

  private static func spoil(_ bytes: inout [UInt8], _ random: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    for _ in 0...Int.random(in: 0..<3, using: &random) {
      let start = Int.random(in: 0...(bytes.count - 1) / pageSize, using: &random) * pageSize
      let page = start..<min(start + pageSize, bytes.count)
      switch Int.random(in: 0..<8, using: &random) {
      case 0..<5: for place in page { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      case 5, 6:
        for _ in 0..<Int.random(in: 1..<40, using: &random) {
          bytes[Int.random(in: page, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
        }
      default: for place in page { bytes[place] = 0 }
      }
    }
    if Int.random(in: 0..<12, using: &random) == 0 {
      bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
    }
  }

  /// `TORN_FILES` says how many ledgers are tried, `TORN_SEED` by which seed the first is spoilt; those
  /// after it have the next.
  @Test func `is found out, gives no row that was not written, and ends no process`() async throws {
    let environment = ProcessInfo.processInfo.environment
    let files = environment["TORN_FILES"].flatMap(Int.init) ?? 24
    let first = environment["TORN_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...(1 << 40))
    SharedData.say("destroyed ledgers: \(files), seeds from \(first)")
    let clock = TestClock()
    let folder = try TestFolder()
    // As a kill would leave it, and as closing does.
    let ledger = try Ledger.open(path: folder.ledger, clock: clock.read)
    try await Self.fill(1...Self.rows / 2, ledger)
    try Samples.checkpoint(folder.ledger)
    try await Self.fill(Self.rows / 2 + 1...Self.rows, ledger)
    let written = try Self.read(folder.ledger)
    #expect(written.count == Int(Self.rows))
    let killed = try Self.ends.map { try folder.bytes($0) }
    await ledger.close()
    let closed = [try folder.bytes(), [], try folder.bytes("-head")]

    var (read, opened, whole) = (0, 0, 0)
    for seed in first..<(first + UInt64(files)) {
      var random = SplitMix(state: seed)
      let copy = try TestFolder()
      let state = seed % 3 == 0 ? killed : closed
      for (end, bytes) in zip(Self.ends, state) where !bytes.isEmpty || end.isEmpty {
        var spoilt = bytes
        if end.isEmpty || Bool.random(using: &random) { Self.spoil(&spoilt, &random) }
        try copy.write(spoilt, end)
      }
      let found = Result { try LedgerVerifier(path: copy.ledger).verify() }
      var rows: [ChainedEntry] = []
      try? LedgerReader(path: copy.ledger).forEach {
        rows.append($0)
        return true
      }
      read += rows.count
      #expect(rows == Array(written.prefix(rows.count)), "seed \(seed)")
      if let found = try? found.get(), found.isWhole {
        // Zeros over a page that was free, or noise that the log holds a page against.
        whole += 1
        #expect(rows == written, "seed \(seed): \(found.findings)")
      }
      if let ledger = try? Ledger.open(path: copy.ledger, clock: clock.read) {
        opened += 1
        _ = try? await ledger.append(Samples.entry(1000), settling: nil)
        await ledger.close()
      }
    }
    SharedData.say(
      "destroyed ledgers: \(files), \(read) rows read, \(opened) opened to write, \(whole) "
        + "had lost nothing")
  }
}
