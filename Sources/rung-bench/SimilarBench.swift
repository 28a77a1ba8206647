import Foundation
import JSONReading
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCache
import Synchronization

/// Questions found by their vectors, and what one tenant can tell of another's by the clock.
enum SimilarBench {
  private static let now = Timestamp(milliseconds: 1_795_176_000_000)
  private static let dimension = 384
  private static let pairs = 10_000

  private struct Figures: Sendable {
    var looks: [(count: Int, milliseconds: Double)] = []
    var loading = 0.0
    var exact = 0.0
    var similar = 0.0
  }

  static func run(_ report: inout Report, _ moment: LocalMoment) {
    let figures = Mutex<Figures?>(nil)
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      defer { done.signal() }
      let result = try await measure(moment)
      figures.withLock { $0 = result }
    }
    done.wait()
    guard let figures = figures.withLock({ $0 }) else {
      return print("the similar cache could not be measured")
    }
    for look in figures.looks {
      report.add(
        "similar among \(look.count) vectors of \(dimension)", look.milliseconds, "ms",
        atMost: look.count > 10_000 ? 15 : 2)
    }
    report.add("  100000 of them read from the file", figures.loading, "ms")
    report.add("another's answer, seen by the clock: exact", figures.exact, "%", atMost: 2)
    report.add("another's answer, seen by the clock: similar", figures.similar, "%", atMost: 2)
  }

  private static func measure(_ moment: LocalMoment) async throws -> Figures {
    var figures = Figures()
    var random = BenchRandom(seed: 11)
    func vector() throws -> UnitVector {
      let numbers = (0..<dimension).map { _ in Float(random.below(2_000)) / 1_000 - 1 }
      guard let vector = UnitVector(numbers) else { throw CacheFailure.closed }
      return vector
    }
    for count in [10_000, 100_000] {
      let store = AnswerStore(
        limits: CacheLimits(memoryBytes: 1 << 30, memoryEntries: 200_000), clock: { now })
      for number in 0..<count {
        store.keep(
          answer(number), for: try question("\(number)", vector(), "acme", moment),
          since: store.ticket())
      }
      let asked = try question("?", vector(), "acme", moment)
      var times: [Double] = []
      for _ in 0..<41 {
        let start = ContinuousClock.now
        let found = await store.near(asked, atLeast: Score(millionths: 920_000))
        times.append(Stopwatch.milliseconds(since: start))
        guard found.nearest != nil else { throw CacheFailure.closed }
      }
      figures.looks.append((count, times.median))
    }
    figures.loading = try await loading(moment, vector)
    try await clocks(moment, vector, &figures)
    return figures
  }

  /// A partition that is asked about for the first time.
  private static func loading(
    _ moment: LocalMoment, _ vector: () throws -> UnitVector
  ) async throws -> Double {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "rung-similar-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "bench.cache").path
    let first = try AnswerStore(path: path, clock: { now }, report: { print($0) })
    for number in 0..<100_000 {
      first.keep(
        answer(number), for: try question("\(number)", vector(), "acme", moment),
        since: first.ticket())
      if number.isMultiple(of: 2_000) { await first.flush() }
    }
    await first.close()
    let store = try AnswerStore(path: path, clock: { now }, report: { print($0) })
    let asked = try question("?", vector(), "acme", moment)
    let start = ContinuousClock.now
    let found = await store.near(asked, atLeast: Score(millionths: 920_000))
    let time = Stopwatch.milliseconds(since: start)
    await store.close()
    guard found.nearest != nil else { throw CacheFailure.closed }
    return time
  }

  /// What `other` waits for a question `acme` has asked, and for one nobody has, in turns.
  private static func clocks(
    _ moment: LocalMoment, _ vector: () throws -> UnitVector, _ figures: inout Figures
  ) async throws {
    let store = AnswerStore(clock: { now })
    let shared = try (0..<64).map { _ in try vector() }
    for number in 0..<2_000 {
      store.keep(
        answer(number), under: try key("\(number)", "acme", moment), since: store.ticket())
      store.keep(
        answer(number), for: try question("\(number)", shared[number % 64], "acme", moment),
        since: store.ticket())
      store.keep(
        answer(number), for: try question("mine \(number)", shared[number % 64], "other", moment),
        since: store.ticket())
    }
    var exact = (theirs: [Double](), nobodys: [Double]())
    var similar = exact
    for number in 0..<pairs {
      let place = number % 2_000
      // Which of the two comes first is the turn's.
      for isTheirs in number.isMultiple(of: 2) ? [true, false] : [false, true] {
        let text = isTheirs ? "\(place)" : "nobody's \(place)"
        let key = try key(text, "other", moment)
        var start = ContinuousClock.now
        let answer = await store.answer(key, route: "faq")
        let one = Stopwatch.milliseconds(since: start)
        let question = try question(text, shared[place % 64], "other", moment)
        start = ContinuousClock.now
        let found = await store.near(question, atLeast: Score(millionths: 0))
        let two = Stopwatch.milliseconds(since: start)
        guard answer == nil, found.candidates.allSatisfy({ $0.question.hasPrefix("mine") }) else {
          throw CacheFailure.closed
        }
        if isTheirs {
          exact.theirs.append(one)
          similar.theirs.append(two)
        } else {
          exact.nobodys.append(one)
          similar.nobodys.append(two)
        }
      }
    }
    figures.exact = difference(exact.theirs.median, exact.nobodys.median)
    figures.similar = difference(similar.theirs.median, similar.nobodys.median)
  }

  private static func difference(_ one: Double, _ other: Double) -> Double {
    abs(one - other) / max(one, other) * 100
  }

  // MARK: What it is made of

  private static func situation(_ input: RequestInput) -> CacheKey.Situation {
    CacheKey.Situation(
      partition: CachePartition(.per(.tenant), of: input), arm: CacheDigest(of: [1]))
  }

  private static func body(_ text: String) throws -> JSONText {
    try JSONText(#"{"messages":[{"role":"user","content":"\#(text) a"}]}"#)
  }

  private static func key(
    _ text: String, _ tenant: String, _ moment: LocalMoment
  ) throws -> CacheKey {
    var input = RequestInput(moment: moment)
    input.tenant = tenant
    guard let key = CacheKey(try body(text), input, in: situation(input)) else {
      throw CacheFailure.closed
    }
    return key
  }

  private static func question(
    _ text: String, _ vector: UnitVector, _ tenant: String, _ moment: LocalMoment
  ) throws -> SimilarQuestion {
    var input = RequestInput(moment: moment)
    input.tenant = tenant
    let place = SimilarPlace(
      try body(text), input, in: situation(input), encoder: SimilarEncoder("minilm"),
      language: "en")
    guard let place else { throw CacheFailure.closed }
    return SimilarQuestion(at: place, vector)
  }

  private static func answer(_ number: Int) -> CachedAnswer {
    CachedAnswer(
      body: Array("{}".utf8),
      origin: CachedAnswer.Origin(
        request: RequestID(at: now, random: (0, UInt64(number))), route: "faq", tenant: "acme",
        model: "small", cost: Money(nanos: 1000), currency: "USD", tokens: nil),
      stored: now, expiry: Timestamp(milliseconds: now.milliseconds + 3_600_000))
  }
}
