import Foundation
import PolicyUnits
import RoutingBudgets
import RoutingTestSupport
import Testing

@testable import RoutingLedger

@Suite struct `The chain` {
  /// INVARIANT: this file never changes.
  ///
  /// Rows that were written once are held against these bytes.
  @Test func `the bytes of rows are what they always were`() throws {
    var random = SplitMix(state: 4)
    var place = ChainPlace.start
    var lines: [String] = []
    for number in 1...24 as ClosedRange<UInt64> {
      var entry = Samples.entry(random: &random)
      entry.id = Samples.id(number)
      entry.settled = number % 2 == 0 ? Samples.noon : nil
      entry.charges += Self.windows.map {
        ChargeEntry(key: Samples.key("user:u", window: $0), amount: 5)
      }
      entry.status = LedgerEntry.Status.allCases[Int(number) % 6]
      let row = place.following(entry)
      place = ChainPlace(sequence: row.sequence, hash: row.hash)
      let bytes = entry.canonicalBytes(at: row.sequence).bytes
      lines.append(
        "\(row.sequence) \(ChainCheck.hexadecimal(row.hash)) \(ChainCheck.hexadecimal(bytes))")
    }
    let text = lines.joined(separator: "\n") + "\n"
    #expect(try GoldenFile("chain.txt").expected(instead: text) == text)
  }

  private static var windows: [CounterWindow] {
    let date = CalendarDate(year: 2026, month: 11, day: 16)
    return [.minute, .hour]
      + [date].compactMap { $0 }.flatMap { [.day($0), .week($0), .month($0)] }
  }

  @Test func `each field of a row is covered`() {
    let place = ChainPlace.start
    let plain = Samples.entry(1)
    let changes: [(inout LedgerEntry) -> Void] = [
      { $0.id = Samples.id(2) }, { $0.time = Timestamp(milliseconds: 1) },
      { $0.caller.tenant = nil }, { $0.caller.tenant = "" }, { $0.caller.user = "u" },
      { $0.caller.key = "u" }, { $0.caller.conversation = "u" },
      { $0.fingerprints.policy = "f" }, { $0.fingerprints.catalog = "f" },
      { $0.fingerprints.systemPrompt = "f" }, { $0.fingerprints.body = "f" },
      { $0.route = nil }, { $0.task = "t" }, { $0.arm = "a" }, { $0.modelAsked = "m" },
      { $0.modelServed = nil }, { $0.status = .failed }, { $0.reason = "r" },
      { $0.isStreamed = true }, { $0.currency = "EUR" }, { $0.cost = .unknown },
      { $0.cost = .atMost(Money(nanos: 60)) }, { $0.savings.cache = "exact" },
      { $0.savings.compression = "c" }, { $0.savings.batch = 1 }, { $0.savings.saved = .zero },
      { $0.firstByte = Milliseconds(0) }, { $0.elapsed = Milliseconds(0) },
      { $0.settled = Samples.noon }, { $0.facts = [0] }, { $0.origin = "o" },
      { $0.attempts = [AttemptEntry(verdict: "failed", cost: .unknown)] },
      { $0.charges = [ChargeEntry(key: Samples.key(nil), amount: 1)] },
    ]
    var hashes: Set<[UInt8]> = [place.following(plain).hash]
    for (number, change) in changes.enumerated() {
      var entry = plain
      change(&entry)
      #expect(hashes.insert(place.following(entry).hash).inserted, "change \(number)")
    }
    let later = ChainPlace(sequence: 1, hash: place.hash)
    #expect(hashes.insert(later.following(plain).hash).inserted)
  }

  @Test func `zero characters are kept the same in memory and in the file`() async throws {
    let folder = try TestFolder()
    let ledger = try Ledger.open(path: folder.ledger, clock: TestClock().read)
    var entry = Samples.entry(1)
    entry.caller.tenant = "a\0b"
    let row = try await ledger.append(entry, settling: nil)
    #expect(row.entry.caller.tenant == "a\u{FFFD}b")
    await ledger.close()
    #expect(try LedgerReader(path: folder.ledger).last(1) == [row])
    #expect(try LedgerVerifier(path: folder.ledger).verify().findings.isEmpty)
  }
}
