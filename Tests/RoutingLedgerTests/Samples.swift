import Foundation
import GRDB
import PolicyUnits
import RoutingBudgets
import RoutingTestSupport
import Synchronization

@testable import RoutingLedger

/// Rows, reservations and ledgers for the tests, all by number.
enum Samples {
  static let noon = Timestamp(milliseconds: 1_795_262_400_000)

  static func id(_ number: UInt64) -> RequestID {
    RequestID(at: noon, random: (number >> 48, number))
  }

  static func key(
    _ owner: String? = "tenant:acme", window: CounterWindow? = nil
  ) -> CounterKey {
    CounterKey(budget: "tenant_daily", unit: .money, owner: owner, window: window ?? today)
  }

  static var today: CounterWindow {
    CalendarDate(daysSince1970: noon.milliseconds / 86_400_000).map { .day($0) } ?? .running
  }

  static func reservation(
    _ number: UInt64, amount: Int64 = 100, cap: Int64 = 1_000_000_000, at time: Timestamp = noon,
    lasting length: Int64 = 60_000, key: CounterKey = key()
  ) -> Reservation {
    Reservation(
      id: id(number), claims: [Claim(key: key, cap: cap, amount: amount)], time: time,
      expiry: Timestamp(milliseconds: time.milliseconds + length))
  }

  static func first(_ amount: Int64 = 100) -> RoutingBudgets.Progress {
    RoutingBudgets.Progress(used: [0], pending: [amount])
  }

  /// A small row.
  static func entry(_ number: UInt64, at time: Timestamp = noon) -> LedgerEntry {
    var entry = LedgerEntry(
      id: id(number), time: time, status: .answered, currency: "USD",
      cost: .exact(Money(nanos: 60)))
    entry.caller.tenant = "acme"
    entry.route = "default"
    entry.modelServed = "small"
    entry.elapsed = Milliseconds(12)
    return entry
  }

  /// A row with every field filled by the seed, or left out.
  static func entry(random: inout SplitMix) -> LedgerEntry {
    var entry = entry(random.next())
    entry.caller = LedgerEntry.Caller(
      tenant: text(&random), user: text(&random), key: text(&random), conversation: text(&random))
    entry.fingerprints = LedgerEntry.Fingerprints(
      policy: text(&random), catalog: text(&random), systemPrompt: text(&random),
      body: text(&random))
    entry.route = text(&random)
    entry.task = text(&random)
    entry.arm = text(&random)
    entry.modelServed = text(&random)
    entry.reason = text(&random)
    entry.isStreamed = Bool.random(using: &random)
    entry.savings.cache = text(&random)
    entry.savings.compression = text(&random)
    entry.savings.batch = number(&random)
    entry.savings.saved = number(&random).map { Money(nanos: $0) }
    entry.firstByte = number(&random).map { Milliseconds($0) }
    entry.facts = (0..<Int.random(in: 0...40, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
    entry.origin = text(&random)
    entry.attempts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      attempt(random: &random)
    }
    entry.charges = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      ChargeEntry(key: key(text(&random)), amount: Int64.random(in: 1...999, using: &random))
    }
    return entry
  }

  private static func attempt(random: inout SplitMix) -> AttemptEntry {
    var attempt = AttemptEntry(verdict: "accepted", cost: .atMost(Money(nanos: 77)))
    attempt.model = text(&random)
    attempt.provider = text(&random)
    attempt.upstream = text(&random)
    attempt.upstreamServed = text(&random)
    attempt.region = text(&random)
    attempt.ladder = text(&random)
    attempt.tier = number(&random)
    attempt.isFallback = Bool.random(using: &random)
    attempt.attempt = 1
    attempt.reason = text(&random)
    attempt.parts.input = Int64.random(in: 0...9_999, using: &random)
    attempt.parts.fee = Int64.random(in: 0...9_999, using: &random)
    attempt.reserved = number(&random).map { Money(nanos: $0) }
    attempt.maxOutput = number(&random)
    attempt.httpStatus = number(&random)
    attempt.firstByte = number(&random).map { Milliseconds($0) }
    attempt.latency = Milliseconds(5)
    attempt.priceDate = CalendarDate(year: 2026, month: 3, day: 9)
    if Bool.random(using: &random) {
      attempt.tokens = TokenEntry(
        input: 9, cachedInput: 3, output: 4, reasoning: 1,
        isEstimated: Bool.random(using: &random))
    }
    attempt.gates = (0..<Int.random(in: 0...2, using: &random)).map { place in
      GateEntry(
        name: "gate\(place)", score: number(&random), isAccepted: Bool.random(using: &random),
        hasFailed: Bool.random(using: &random), cost: .unknown)
    }
    return attempt
  }

  private static func text(_ random: inout SplitMix) -> String? {
    let texts = [nil, "", "a", "acme", "naïve", "🙂 x", "'; DROP TABLE request; --", "e\u{301}"]
    return texts[Int.random(in: 0..<texts.count, using: &random)]
  }

  private static func number(_ random: inout SplitMix) -> Int64? {
    let numbers: [Int64?] = [nil, 0, 1, -1, .max, .min, 4_096]
    return numbers[Int.random(in: 0..<numbers.count, using: &random)]
  }
}

/// A clock that stands until it is moved.
final class TestClock: Sendable {
  private let now: Mutex<Timestamp>

  init(_ time: Timestamp = Samples.noon) { now = Mutex(time) }

  func move(by milliseconds: Int64) {
    now.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + milliseconds) }
  }

  var read: @Sendable () -> Timestamp { { self.now.withLock { $0 } } }
}

/// A folder of its own that goes with the test.
final class TestFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "rung-ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var ledger: String { url.appending(path: "rung.ledger").path }

  func bytes(_ suffix: String = "") throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: ledger + suffix)))
  }

  func write(_ bytes: [UInt8], _ suffix: String = "") throws {
    try Data(bytes).write(to: URL(filePath: ledger + suffix))
  }
}

extension Samples {
  /// The same row under another request's name.
  static func renamed(_ entry: LedgerEntry, _ id: RequestID) -> LedgerEntry {
    var entry = entry
    entry.id = id
    return entry
  }

  /// Brings the log into the file through a second connection, as SQLite does by itself in time.
  static func checkpoint(_ path: String) throws {
    let queue = try LedgerFile.openForWriting(path: path, mode: .crashSafe)
    try queue.inDatabase { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    try queue.close()
  }
}
