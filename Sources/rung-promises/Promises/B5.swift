import Foundation
import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// Durability is affordable: requests reserved, settled and recorded in a second.
///
/// Through the ledger alone, with many requests at a time, as `make bench` measures it too; beside it
/// what one sync of this disk takes.
enum B5: Promise {
  static let name = "B5"
  static let text = "1,000 recorded requests a second durable, 5,000 crash safe"

  private static let atOnce = 256

  static func tried(_ trial: Trial) async throws -> Verdict {
    let place = try trial.workplace("b5")
    let count = trial.count(20_000, atLeast: 500)
    trial.progress.show("B5 crash safe")
    let safe = try await rate(count, .crashSafe, at: place.file("safe.ledger"))
    trial.progress.show("B5 durable")
    let durable = try await rate(count / 2, .durable, at: place.file("durable.ledger"))
    let sync = try syncTime(at: place.file("sync"))
    var findings: [String] = []
    if safe < 5000 { findings.append("crash safe: \(safe) a second, 5000 are promised") }
    if durable < 1000 { findings.append("durable: \(durable) a second, 1000 are promised") }
    return .of(
      findings,
      "\(durable) recorded requests a second durable (at least 1000), \(safe) crash safe (at least "
        + "5000), \(atOnce) at a time; one sync of this disk takes \(sync) µs")
  }

  private static func rate(_ count: Int, _ mode: LedgerMode, at file: URL) async throws -> Int {
    let ledger = try Ledger.open(path: file.path, mode: mode, clock: { now() })
    let each = max(1, count / atOnce)
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<atOnce {
        group.addTask {
          for _ in 0..<each { try await record(in: ledger) }
        }
      }
      try await group.waitForAll()
    }
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    await ledger.close()
    return Int(Double(each * atOnce) / (Double(seconds) + Double(attoseconds) / 1e18))
  }

  /// One request as the service does it: the reservation committed, then the row.
  private static func record(in ledger: Ledger) async throws {
    let time = now()
    let id = RequestID(at: time, random: (.random(in: 0 ... .max), .random(in: 0 ... .max)))
    let keys = ["house", "tenant"].map { name in
      CounterKey(budget: name, unit: .money, owner: nil, window: .hour)
    }
    let reservation = Reservation(
      id: id, claims: keys.map { Claim(key: $0, cap: .max / 4, amount: 1000) }, time: time,
      expiry: Timestamp(milliseconds: time.milliseconds + 60_000))
    let first = Progress(used: [0, 0], pending: [1000, 1000])
    guard try await ledger.reserve(reservation, first: first) == .granted else {
      throw PromiseFailure("a reservation does not fit a budget without end")
    }
    let cost = EntryCost.exact(Money(nanos: 700))
    var entry = LedgerEntry(id: id, time: time, status: .answered, currency: "USD", cost: cost)
    entry.attempts = [AttemptEntry(verdict: "accepted", cost: cost)]
    try await ledger.append(entry, settling: Settlement(used: [700, 700], time: now()))
  }

  @Sendable private static func now() -> Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// The median of some, in microseconds.
  private static func syncTime(at file: URL) throws -> Int {
    try Data().write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    var times: [Int] = []
    for _ in 0..<41 {
      try handle.write(contentsOf: Data(repeating: 7, count: 4096))
      let start = ContinuousClock.now
      try handle.synchronize()
      times.append(Int((ContinuousClock.now - start).components.attoseconds / 1_000_000_000_000))
    }
    return times.sorted()[20]
  }
}
