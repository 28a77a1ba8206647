import Foundation
import JSONReading
import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCache
import RoutingRequests
import Synchronization

/// Answers given again: the key of a request with its hit in memory, and a file of a million.
enum CacheBench {
  private static let now = Timestamp(milliseconds: 1_795_176_000_000)
  private static let million = 1_000_000

  static func run(_ report: inout Report) {
    guard let date = CalendarDate(year: 2026, month: 5, day: 4) else { return }
    let moment = LocalMoment(date: date, weekday: .monday, hour: 9)
    memory(&report, moment)
    disk(&report, moment)
    SimilarBench.run(&report, moment)
    CachedHitBench.run(&report)
  }

  private static func memory(_ report: inout Report, _ moment: LocalMoment) {
    let bytes = Array(WireBench.request.utf8)
    guard let request = try? ChatRequest(bytes) else { return }
    var input = RequestInput(request, moment: moment)
    input.tenant = "acme"
    let store = AnswerStore(clock: { now })
    let arm = CacheDigest(of: [1])
    guard let key = key(request.json, input, arm) else { return }
    store.keep(answer(1, Array("{}".utf8)), under: key, since: store.ticket())
    let rounds = 200
    var hits = 0
    let making = Stopwatch.median(runs: 301) {
      for _ in 0..<rounds { hits &+= Self.key(request.json, input, arm) == nil ? 0 : 1 }
    }
    report.add("cache key of \(bytes.count) bytes", making / Double(rounds) / 1_000, "µs")
    let whole = Stopwatch.median(runs: 301) {
      for _ in 0..<rounds {
        guard let key = Self.key(request.json, input, arm) else { continue }
        hits &+= store.inMemory(key, route: "faq") == nil ? 0 : 1
      }
    }
    report.add(
      "cache key and hit in memory, \(bytes.count) bytes", whole / Double(rounds) / 1_000, "µs",
      atMost: 5)
    if hits == .min { print(hits) }
  }

  // MARK: A million on disk

  private struct Figures: Sendable {
    var opening = 0.0
    var hits: [Double] = []
  }

  private static func disk(_ report: inout Report, _ moment: LocalMoment) {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "rung-cache-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let figures = Mutex<Figures?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      defer { done.signal() }
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let path = folder.appending(path: "bench.cache").path
      let result = try await measure(path, moment)
      figures.withLock { $0 = result }
    }
    done.wait()
    guard let figures = figures.withLock({ $0 }) else {
      return print("the cache on disk could not be measured")
    }
    let hits = figures.hits.sorted()
    report.add("cache of 1,000,000 answers opens", figures.opening, "ms", atMost: 200)
    report.add(
      "hit in a cache of 1,000,000 on disk, median", hits[hits.count / 2], "ms", atMost: 1)
    report.add(
      "hit in a cache of 1,000,000 on disk, 99 of 100", hits[hits.count * 99 / 100], "ms")
  }

  private static func measure(_ path: String, _ moment: LocalMoment) async throws -> Figures {
    let arm = CacheDigest(of: [1])
    var input = RequestInput(moment: moment)
    input.tenant = "acme"
    func key(_ number: Int) throws -> CacheKey? {
      Self.key(try JSONText(#"{"messages":[{"role":"user","content":"\#(number)"}]}"#), input, arm)
    }
    let limits = CacheLimits(memoryEntries: 0)
    let body = Array(String(repeating: "{\"choices\":[]}          ", count: 20).utf8)
    let full = try AnswerStore(path: path, limits: limits, clock: { now }, report: { print($0) })
    for number in 0..<million {
      guard let key = try key(number) else { continue }
      full.keep(answer(number, body), under: key, since: full.ticket())
      if number.isMultiple(of: 10_000) { await full.flush() }
    }
    await full.close()
    var figures = Figures()
    let start = ContinuousClock.now
    let store = try AnswerStore(path: path, limits: limits, clock: { now }, report: { print($0) })
    figures.opening = Stopwatch.milliseconds(since: start)
    var random = BenchRandom(seed: 37)
    for _ in 0..<2_000 {
      guard let key = try key(random.below(million)) else { continue }
      let start = ContinuousClock.now
      let found = await store.answer(key, route: "faq")
      let time = Stopwatch.milliseconds(since: start)
      if found != nil { figures.hits.append(time) }
    }
    let stats = try await store.stats()
    await store.close()
    guard figures.hits.count == 2_000, stats.entries == Int64(million) else {
      throw CacheFailure.cannotRead(
        reason: "\(figures.hits.count) hits, \(stats.entries) answers")
    }
    return figures
  }

  private static func key(
    _ body: JSONText, _ input: RequestInput, _ arm: CacheDigest
  ) -> CacheKey? {
    CacheKey(
      body, input,
      in: CacheKey.Situation(
        partition: CachePartition(.per(.tenant), of: input), arm: arm))
  }

  private static func answer(_ number: Int, _ body: [UInt8]) -> CachedAnswer {
    CachedAnswer(
      body: body,
      origin: CachedAnswer.Origin(
        request: RequestID(at: now, random: (0, UInt64(number))), route: "faq", tenant: "acme",
        model: "small", cost: Money(nanos: 1000), currency: "USD", tokens: nil),
      stored: now, expiry: Timestamp(milliseconds: now.milliseconds + 3_600_000))
  }
}
