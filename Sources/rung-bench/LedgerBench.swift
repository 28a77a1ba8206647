import Dispatch
import Foundation
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// What it costs to keep every request: a reservation before its call, a row after it, each waited
/// for until it is committed.
///
/// The disk's own sync is printed beside, because the durable mode cannot be faster than it.
enum LedgerBench {
  private static let tasks = 256

  static func run(_ report: inout Report) {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "rung-bench-\(ProcessInfo.processInfo.processIdentifier)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try syncTime(folder, &report)
    } catch {
      return print("no folder for the ledger: \(error)")
    }
    for (mode, count, limit) in [
      (LedgerMode.crashSafe, 30_000, 5_000.0), (.durable, 10_000, 1_000.0),
    ] {
      let path = folder.appending(path: "\(mode.rawValue).ledger").path
      guard let rate = throughput(path, mode, count) else { continue }
      report.add(
        "recorded requests per second, \(mode.rawValue)", rate.each, "/s", atLeast: limit)
      report.add("  processor time of one", rate.processor / 1000, "µs")
      guard var waits = paced(path, mode) else { continue }
      waits.sort()
      report.add(
        "  wait for commit at 1,000 a second, median", waits[waits.count / 2] / 1e6, "ms")
      report.add("  the same, p99", waits[waits.count * 99 / 100] / 1e6, "ms", atMost: 20)
    }
  }

  // MARK: The disk

  private static func syncTime(_ folder: URL, _ report: inout Report) throws {
    let url = folder.appending(path: "sync")
    guard FileManager.default.createFile(atPath: url.path, contents: nil) else { return }
    let file = try FileHandle(forWritingTo: url)
    let page = Data(repeating: 7, count: 16_384)
    var times: [Double] = []
    for _ in 0..<200 {
      try file.write(contentsOf: page)
      times.append(Stopwatch.median(runs: 1) { sync(file) })
    }
    times.sort()
    report.add("the disk's own sync of 16 KiB, median", times[times.count / 2] / 1e6, "ms")
    report.add("  the same, p99", times[times.count * 99 / 100] / 1e6, "ms")
  }

  private static func sync(_ file: FileHandle) {
    #if canImport(Glibc)
      _ = fdatasync(file.fileDescriptor)
    #else
      try? file.synchronize()
    #endif
  }

  // MARK: The ledger

  private static let clock: @Sendable () -> Timestamp = {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// Requests a second, 256 at a time, and the nanoseconds of processor time each took.
  private static func throughput(
    _ path: String, _ mode: LedgerMode, _ count: Int
  ) -> (each: Double, processor: Double)? {
    waiting {
      guard let ledger = try? Ledger.open(path: path, mode: mode, clock: clock) else { return nil }
      let start = ContinuousClock.now
      let before = ProcessorTime.now
      await withTaskGroup { group in
        for task in 0..<tasks {
          group.addTask {
            for number in stride(from: task, to: count, by: tasks) {
              await request(number, ledger)
            }
          }
        }
      }
      let seconds = nanoseconds(since: start) / 1e9
      let spent = ProcessorTime.now.nanoseconds - before.nanoseconds
      let rows = ledger.head.sequence
      await ledger.close()
      return rows == Int64(count) ? (Double(count) / seconds, spent / Double(count)) : nil
    }
  }

  /// What each of three thousand rows waited for its commit, at a thousand requests a second.
  private static func paced(_ path: String, _ mode: LedgerMode) -> [Double]? {
    waiting {
      guard let ledger = try? Ledger.open(path: path, mode: mode, clock: clock) else { return nil }
      let start = ContinuousClock.now
      let waits = await withTaskGroup(of: Double.self) { group in
        for number in 0..<3_000 {
          group.addTask {
            try? await Task.sleep(until: start + .milliseconds(number), clock: .continuous)
            return await request(1_000_000 + number, ledger)
          }
        }
        return await group.reduce(into: [Double]()) { $0.append($1) }
      }
      await ledger.close()
      return waits.contains(.infinity) ? nil : waits
    }
  }

  /// One request: its reservation, and its row; what the row waited, in nanoseconds.
  @discardableResult
  private static func request(_ number: Int, _ ledger: Ledger) async -> Double {
    let now = clock()
    let id = RequestID(at: now, random: (UInt64(number) >> 48, UInt64(number)))
    guard let day = CalendarDate(daysSince1970: now.milliseconds / 86_400_000) else { return 0 }
    let owner = "tenant:t\(number % 20)"
    let claims = [
      Claim(
        key: CounterKey(budget: "tenant_daily", unit: .money, owner: owner, window: .day(day)),
        cap: .max / 2, amount: 1_000_000),
      Claim(
        key: CounterKey(budget: "requests", unit: .requests, owner: owner, window: .minute),
        cap: .max / 2, amount: 1),
    ]
    let reservation = Reservation(
      id: id, claims: claims, time: now,
      expiry: Timestamp(milliseconds: now.milliseconds + 90_000))
    let first = RoutingBudgets.Progress(used: [0, 1], pending: [1_000_000, 0])
    do {
      guard try await ledger.reserve(reservation, first: first) == .granted else {
        return .infinity
      }
      let start = ContinuousClock.now
      try await ledger.append(
        entry(id, now, owner), settling: Settlement(used: [61_250, 1], time: clock()))
      return nanoseconds(since: start)
    } catch {
      print("the ledger: \(error)")
      return .infinity
    }
  }

  private static func entry(_ id: RequestID, _ time: Timestamp, _ owner: String) -> LedgerEntry {
    var entry = LedgerEntry(
      id: id, time: time, status: .answered, currency: "USD",
      cost: .exact(Money(nanos: 61_250)))
    let fingerprint = String(repeating: "a5", count: 16)
    entry.caller = LedgerEntry.Caller(tenant: owner, user: "user", key: "production")
    entry.fingerprints = LedgerEntry.Fingerprints(
      policy: fingerprint, catalog: fingerprint, systemPrompt: fingerprint, body: fingerprint)
    entry.route = "support"
    entry.task = "chat"
    entry.modelServed = "qwen3-8b"
    entry.facts = [UInt8](repeating: 0x7B, count: 200)
    var attempt = AttemptEntry(verdict: "accepted", cost: entry.cost)
    attempt.model = "qwen3-8b"
    attempt.provider = "local"
    attempt.upstream = "Qwen/Qwen3-8B"
    attempt.ladder = "default"
    attempt.tier = 1
    attempt.attempt = 1
    attempt.tokens = TokenEntry(input: 812, output: 215)
    attempt.gates = [
      GateEntry(
        name: "helpful", score: 812_500, isAccepted: true, hasFailed: false, cost: .unknown)
    ]
    entry.attempts = [attempt]
    return entry
  }

  // MARK: Waiting

  private static func nanoseconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) * 1e9 + Double(attoseconds) / 1e9
  }

  private static func waiting<Value: Sendable>(
    _ body: @escaping @Sendable () async -> Value?
  ) -> Value? {
    let found = Mutex(Value?.none)
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
      let value = await body()
      found.withLock { $0 = value }
      isDone.signal()
    }
    isDone.wait()
    return found.withLock { $0 }
  }
}
