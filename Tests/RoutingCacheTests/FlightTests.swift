import RoutingTestSupport
import Testing

@testable import RoutingCache

/// One call for many requests with the same key.
struct FlightTests {
  /// Asks as a request does: leads, waits, gives up.
  private static func ask(
    _ flight: SingleFlight, _ key: CacheKey, patience: Duration = .seconds(20),
    lead: @Sendable () async -> CachedAnswer?
  ) async -> (answer: CachedAnswer?, led: Bool) {
    switch await flight.turn(for: key, patience: patience) {
    case .lead(let own):
      let answer = await lead()
      own.end(with: answer)
      return (answer, true)
    case .answer(let answer, _): return (answer, false)
    case .late, .cancelled: return (nil, false)
    }
  }

  private static func settle(_ flight: SingleFlight, _ key: CacheKey, waiting count: Int) async {
    while flight.waiting(for: key) != count { await Task.yield() }
  }

  @Test func `makes one call for a thousand requests at once`() async throws {
    let flight = SingleFlight()
    let key = try Samples.key("a")
    let calls = Held(0)
    let given = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<1000 {
        group.addTask {
          let (answer, _) = await Self.ask(flight, key) {
            calls.withLock { $0 += 1 }
            await Self.settle(flight, key, waiting: 999)
            return Samples.answer("a")
          }
          return answer != nil
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(given == 1000)
    #expect(calls.withLock { $0 } == 1)
    #expect(flight.waiting(for: key) == nil)
  }

  @Test func `passes the lead to one at a time while answers fail`() async throws {
    let flight = SingleFlight()
    let key = try Samples.key("a")
    let state = Held((calls: 0, atOnce: 0, most: 0))
    let (given, led) = await withTaskGroup(of: (answer: CachedAnswer?, led: Bool).self) { group in
      for _ in 0..<50 {
        group.addTask {
          await Self.ask(flight, key) {
            let number = state.withLock { state in
              state.calls += 1
              state.atOnce += 1
              state.most = max(state.most, state.atOnce)
              return state.calls
            }
            if number == 1 { await Self.settle(flight, key, waiting: 49) }
            await Task.yield()
            state.withLock { $0.atOnce -= 1 }
            return number == 7 ? Samples.answer("seventh") : nil
          }
        }
      }
      return await group.reduce((0, 0)) {
        ($0.0 + ($1.answer == nil ? 0 : 1), $0.1 + ($1.led ? 1 : 0))
      }
    }
    #expect(led == 7)
    #expect(given == 44)
    #expect(state.withLock { $0.most } == 1)
  }

  @Test func `a cancelled leader hands over, a cancelled waiter leaves`() async throws {
    let flight = SingleFlight()
    let key = try Samples.key("a")
    let leader = Task {
      guard case .lead(let lead) = await flight.turn(for: key, patience: .seconds(20)) else {
        return
      }
      // Ends without a word: the lead goes with it.
      try? await Task.sleep(for: .seconds(60))
      withExtendedLifetime(lead) {}
    }
    while flight.waiting(for: key) == nil { await Task.yield() }
    let waiter = Task { await flight.turn(for: key, patience: .seconds(20)) }
    await Self.settle(flight, key, waiting: 1)
    let next = Task {
      await Self.ask(flight, key) { Samples.answer("second") }
    }
    await Self.settle(flight, key, waiting: 2)
    waiter.cancel()
    guard case .cancelled = await waiter.value else {
      Issue.record("a cancelled waiter is told so")
      return
    }
    leader.cancel()
    #expect(await next.value.led)
    #expect(flight.waiting(for: key) == nil)
  }

  @Test func `a waiter's own time is up before the leader's answer`() async throws {
    let flight = SingleFlight(sleep: { if $0 > .seconds(1) { try await Task.sleep(for: $0) } })
    let key = try Samples.key("a")
    guard case .lead(let lead) = await flight.turn(for: key, patience: .seconds(20)) else {
      Issue.record("the first leads")
      return
    }
    guard case .late = await flight.turn(for: key, patience: .milliseconds(1)) else {
      Issue.record("it is late")
      return
    }
    #expect(flight.waiting(for: key) == 0)
    lead.end(with: nil)
    lead.end(with: Samples.answer("too late"))
    #expect(flight.waiting(for: key) == nil)
  }

  @Test func `other keys do not wait`() async throws {
    let flight = SingleFlight()
    let keys = [
      try Samples.key("a"), try Samples.key("b"), try Samples.key("a", tenant: "other"),
    ]
    var leads: [FlightLead] = []
    for key in keys {
      guard case .lead(let lead) = await flight.turn(for: key, patience: .zero) else {
        Issue.record("each leads")
        return
      }
      leads.append(lead)
    }
    #expect(leads.count == 3)
  }

  @Test func `every request ends under random failures, cancellations and deadlines`() async throws
  {
    let seed = UInt64.random(in: 0 ... .max)
    let random = Held(SplitMix(state: seed))
    @Sendable func draw(_ range: Range<Int>) -> Int {
      random.withLock { Int.random(in: range, using: &$0) }
    }
    let flight = SingleFlight()
    let keys = [try Samples.key("a"), try Samples.key("b"), try Samples.key("c")]
    let wrong = Held(0)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<2000 {
        group.addTask {
          let index = draw(0..<3)
          let name = ["a", "b", "c"][index]
          let task = Task {
            await Self.ask(
              flight, keys[index], patience: draw(0..<4) == 0 ? .microseconds(50) : .seconds(20)
            ) {
              for _ in 0..<draw(0..<20) { await Task.yield() }
              return draw(0..<2) == 0 ? Samples.answer(name) : nil
            }
          }
          if draw(0..<4) == 0 { task.cancel() }
          let answer = await task.value.answer
          if let answer, answer.body != Samples.answer(name).body { wrong.withLock { $0 += 1 } }
        }
      }
    }
    SharedData.say("single flight: 2000 requests over 3 keys, seed \(seed)")
    #expect(wrong.withLock { $0 } == 0)
    for key in keys { #expect(flight.waiting(for: key) == nil, "seed \(seed)") }
  }
}
