import OpenAIWire
import PolicyUnits
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService
import RoutingTestSupport
import StandInProvider
import Synchronization
import Testing

/// A caller who streams.
private final class Hearer: RequestSink {
  private let text = Mutex("")

  var heard: String { text.withLock { $0 } }

  func decided(_ request: DecidedRequest, cache: CacheUse) {}

  func begin(_ start: AnswerStart) throws(CallerGone) {}

  func room() async throws(CallerGone) {}

  func send(_ chunks: [ChatChunk]) throws(CallerGone) {
    let piece = chunks.flatMap(\.choices).compactMap(\.text).joined()
    text.withLock { $0 += piece }
  }
}

/// A question asked twice of a route with an exact cache.
@Suite struct `An exact cache` {
  private static let cached = """
    budget daily = $1 per tenant per day
    otherwise {
      cache exact for 1h
      use cheap
    }
    """

  private static func calls(_ ground: ServiceGround) -> Int { ground.standIn.stats.calls }

  @Test func `gives the same answer again, at no cost, and says what that saved`() async throws {
    try await ServiceGround.with(Self.cached) { ground in
      let first = try await ground.ask("opening hours?", tenant: "acme")
      #expect(first.cache == .miss)
      ground.time.pass(Milliseconds(7000))
      let second = try await ground.ask("opening hours?", tenant: "acme")
      #expect(Self.calls(ground) == 1)
      guard case .cached(_, let hit) = second.ending, case .called(_, let record) = first.ending
      else {
        Issue.record("\(second.ending)")
        return
      }
      #expect(second.cache == .hit)
      #expect(hit.age == 7)
      let (was, now) = (record.answer?.text, hit.response.text)
      #expect(now == was)
      #expect(!now.isEmpty)
      let asked = try #require(first.row).entry
      let given = try #require(second.row).entry
      #expect(given.status == .answered && given.cost == .exact(.zero))
      #expect(given.charges.isEmpty && given.attempts.isEmpty)
      #expect(given.savings.cache == "exact" && given.modelServed == "cheap")
      let saved = try #require(given.savings.saved)
      #expect(saved.nanos > 0)
      #expect(asked.cost == .exact(saved))
      #expect(asked.savings.cache == "miss")
      // Under its own name, and otherwise the same.
      #expect(second.body != first.body)
      try await ground.expectQuiet([asked, given])
    }
  }

  @Test func `gives it to a caller who streams, and keeps what was streamed`() async throws {
    try await ServiceGround.with(Self.cached) { ground in
      let hearer = Hearer()
      let streamed = try await ground.ask(
        "one?", tenant: "acme", more: #","stream":true,"stream_options":{"include_usage":true}"#,
        to: hearer)
      #expect(streamed.cache == .miss)
      let whole = try await ground.ask("one?", tenant: "acme")
      guard case .cached(_, let hit) = whole.ending else {
        Issue.record("\(whole.ending)")
        return
      }
      #expect(hit.response.text == hearer.heard && !hearer.heard.isEmpty)
      _ = try await ground.ask("two?", tenant: "acme")
      let again = try await ground.ask("two?", tenant: "acme", more: #","stream":true"#, to: hearer)
      #expect(again.cache == .hit)
      #expect(Self.calls(ground) == 2)
    }
  }

  @Test func `is served from where a limit has nothing left`() async throws {
    let policy = """
      limit often = 1 requests per tenant per hour
      otherwise {
        cache exact for 1h
        use cheap
      }
      """
    try await ServiceGround.with(policy) { ground in
      _ = try await ground.ask("a?", tenant: "acme")
      let other = try await ground.ask("b?", tenant: "acme")
      #expect(other.row?.entry.status == .refused)
      for _ in 0..<3 {
        let again = try await ground.ask("a?", tenant: "acme")
        #expect(again.cache == .hit && again.row?.entry.status == .answered)
      }
      #expect(Self.calls(ground) == 1)
    }
  }

  @Test func `makes one call of two hundred at once`() async throws {
    let script = Script(rules: [Rule(delay: 200)])
    try await ServiceGround.with(Self.cached, script: script) { ground in
      let uses = try await withThrowingTaskGroup(of: CacheUse.self) { group in
        for _ in 0..<200 {
          group.addTask { try await ground.ask("opening hours?", tenant: "acme").cache }
        }
        return try await group.reduce(into: [CacheUse: Int]()) { $0[$1, default: 0] += 1 }
      }
      #expect(uses == [.miss: 1, .hit: 199])
      #expect(Self.calls(ground) == 1)
    }
  }

  @Test func `asks again where the first one failed, one at a time`() async throws {
    let script = Script(rules: [
      Rule(calls: [1, 2], fault: .status500, delay: 50), Rule(delay: 50),
    ])
    try await ServiceGround.with(Self.cached, script: script) { ground in
      let ends = try await withThrowingTaskGroup(of: LedgerEntry.Status?.self) { group in
        for _ in 0..<20 {
          group.addTask { try await ground.ask("opening hours?", tenant: "acme").row?.entry.status }
        }
        return try await group.reduce(into: [LedgerEntry.Status?: Int]()) {
          $0[$1, default: 0] += 1
        }
      }
      #expect(ends == [.failed: 2, .answered: 18])
      #expect(Self.calls(ground) == 3)
    }
  }

  @Test func `never crosses tenants, with a thousand prompts each`() async throws {
    try await ServiceGround.with(Self.cached, recording: false) { _ in }
    let policy = "otherwise {\ncache exact for 1h\nuse cheap\n}"
    try await ServiceGround.with(policy, recording: false) { ground in
      var hits = 0
      for number in 0..<1000 {
        for tenant in ["acme", "globex"] {
          let outcome = try await ground.ask("question \(number)?", tenant: tenant)
          if outcome.cache == .hit { hits += 1 }
        }
      }
      #expect(hits == 0)
      #expect(Self.calls(ground) == 2000)
      SharedData.say("exact cache: 1000 prompts of two tenants, \(hits) hits across")
    }
  }

  @Test(
    arguments: [
      Script(rules: [Rule(fault: .finishFiltered)]), Script(rules: [Rule(finish: "length")]),
      Script(rules: [Rule(fault: .finishMissing)]), Script(rules: [Rule(fault: .status500)]),
      Script(rules: [Rule(finish: "tool_calls")]), Script(rules: [Rule(answer: "")]),
    ])
  func `keeps no answer that is not whole`(script: Script) async throws {
    try await ServiceGround.with(Self.cached, script: script) { ground in
      for _ in 0..<2 {
        let outcome = try await ground.ask("opening hours?", tenant: "acme")
        #expect(outcome.cache == .miss)
      }
      #expect(try await ground.store.stats().memoryEntries == 0)
    }
  }

  @Test func `keeps no answer that no gate accepted`() async throws {
    let policy = """
      gate long = length >= 100000 chars
      ladder steps {
        tier cheap accept long
        tier dear accept long
        on exhausted return last
      }
      otherwise {
        cache exact for 1h
        use steps
      }
      """
    try await ServiceGround.with(policy) { ground in
      let outcome = try await ground.ask("opening hours?", tenant: "acme")
      #expect(outcome.row?.entry.status == .notAccepted)
      #expect(try await ground.ask("opening hours?", tenant: "acme").cache == .miss)
    }
  }

  @Test func `does as the caller says, within the policy`() async throws {
    try await ServiceGround.with(Self.cached) { ground async throws in
      func ask(_ more: String = "", header: String? = nil) async throws -> CacheUse {
        try await ground.send(
          #"{"messages":[{"role":"user","content":"hi?"}]\#(more)}"#, tenant: "acme",
          header: header
        ).cache
      }
      #expect(try await ask(#","cache":{"no-store":true}"#) == .skip)
      #expect(try await ask() == .miss)
      #expect(try await ask(#","cache":{"no-store":true}"#) == .hit)
      #expect(try await ask(#","cache":{"no-cache":true}"#) == .refresh)
      #expect(try await ask(header: "No-Cache") == .refresh)
      #expect(try await ask(header: "no-store, no-cache") == .skip)
      #expect(try await ask(#","cache":{"namespace":"mine"}"#) == .miss)
      #expect(try await ask(#","cache":{"namespace":"mine"}"#) == .hit)
      ground.time.pass(Milliseconds(5000))
      #expect(try await ask(header: "max-age=5") == .hit)
      #expect(try await ask(#","cache":{"s-maxage":4}"#) == .miss)
      // Kept for ten seconds at the caller's word, and no longer than the policy's hour.
      #expect(try await ask(#","cache":{"no-cache":true,"ttl":10}"#) == .refresh)
      ground.time.pass(Milliseconds(11_000))
      #expect(try await ask(#","cache":{"ttl":1000000}"#) == .miss)
      ground.time.pass(Milliseconds(3_601_000))
      #expect(try await ask() == .miss)
      #expect(ground.standIn.stats.calls == 10)
    }
    #expect(throws: WireProblem.self) {
      try ChatRequest(
        Array(#"{"messages":[{"role":"user","content":"a"}],"cache":{"tll":1}}"#.utf8))
    }
  }

  @Test func `is skipped for a request without the identity it goes by`() async throws {
    let policy = "otherwise {\ncache exact for 1h per user\nuse cheap\n}"
    try await ServiceGround.with(policy) { ground async throws in
      let body = #"{"messages":[{"role":"user","content":"hi?"}]}"#
      #expect(try await ground.send(body, tenant: "acme").cache == .skip)
      #expect(try await ground.send(body, tenant: "acme").cache == .skip)
      #expect(try await ground.send(body, tenant: "acme", user: "ann").cache == .miss)
      #expect(try await ground.send(body, tenant: "acme", user: "bob").cache == .miss)
      #expect(try await ground.send(body, tenant: "globex", user: "ann").cache == .miss)
      #expect(try await ground.send(body, tenant: "acme", user: "ann").cache == .hit)
    }
  }

  @Test func `forgets what is purged, also what is on its way`() async throws {
    let script = Script(rules: [Rule(delay: 300)])
    try await ServiceGround.with(Self.cached, script: script) { ground in
      async let first = ground.ask("hi?", tenant: "acme")
      while Self.calls(ground) == 0 { try await Task.sleep(for: .milliseconds(5)) }
      _ = try await ground.store.purge(CachePurge(route: "otherwise"))
      #expect(try await first.cache == .miss)
      #expect(try await ground.ask("hi?", tenant: "acme").cache == .miss)
      #expect(try await ground.ask("hi?", tenant: "acme").cache == .hit)
      #expect(try await ground.store.purge(CachePurge(tenant: "globex")) == 0)
      #expect(try await ground.store.purge(CachePurge(tenant: "acme")) == 1)
      #expect(try await ground.ask("hi?", tenant: "acme").cache == .miss)
    }
  }

  @Test func `a hit stands under an idempotency key`() async throws {
    try await ServiceGround.with(Self.cached) { ground in
      _ = try await ground.ask("hi?", tenant: "acme")
      let hit = try await ground.ask("hi?", tenant: "acme", key: "k")
      let again = try await ground.ask("hi?", tenant: "acme", key: "k")
      guard case .cached = hit.ending, case .repeated = again.ending else {
        Issue.record("\(hit.ending) \(again.ending)")
        return
      }
      #expect(hit.body == again.body && hit.body != nil)
      #expect(Self.calls(ground) == 1)
    }
  }
}
