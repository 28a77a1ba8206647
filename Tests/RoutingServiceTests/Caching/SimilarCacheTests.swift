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
import Testing

/// Questions asked in other words of a route with a similar cache, through real sockets.
@Suite struct `A similar cache` {
  private static let cached = """
    budget daily = $1 per tenant per day
    otherwise {
      cache similar >= 0.6 by words for 1h
      use cheap
    }
    """

  private static let both = """
    otherwise {
      cache exact for 1h
      cache similar >= 0.6 by words for 1h
      use cheap
    }
    """

  private static let reset = "How do I reset my password?"
  private static let again = "How can I reset my password?"

  /// Calls to models, and to the encoder.
  private static func calls(_ ground: ServiceGround) -> (models: Int, encoder: Int) {
    let encoder = ground.standIn.stats.models["words-1"]?.calls ?? 0
    return (ground.standIn.stats.calls - encoder, encoder)
  }

  @Test func `gives a near question the answer, pays the encoder only, and says so`() async throws {
    try await ServiceGround.with(Self.cached) { ground in
      let first = try await ground.ask(Self.reset, tenant: "acme")
      #expect(first.cache == .miss && first.similar?.result == .miss)
      #expect(first.similar?.nearest == nil)
      ground.time.pass(Milliseconds(7000))
      let second = try await ground.ask(Self.again, tenant: "acme")
      guard case .cached(_, let hit) = second.ending, case .called(_, let record) = first.ending
      else {
        Issue.record("\(second.entry)")
        return
      }
      #expect(second.cache == .similar && hit.age == 7 && hit.calls == 1)
      let (was, now) = (record.answer?.text, hit.response.text)
      #expect(now == was && !now.isEmpty)
      let look = try #require(second.similar)
      #expect(look.result == .hit && look.encoder == "words" && look.stopped == nil)
      #expect(look.threshold == Score(millionths: 600_000))
      #expect(look.nearest?.request == first.id && look.nearest?.similarity == hit.similarity)
      let asked = try #require(first.row).entry
      let given = try #require(second.row).entry
      // The encoder is a call of its own in both, with its tokens and its price.
      for entry in [asked, given] {
        let call = try #require(entry.attempts.first)
        #expect(call.role == .embedder && call.model == "words" && call.verdict == "accepted")
        let cost = try #require(call.cost.money)
        #expect(cost > .zero)
      }
      #expect(given.attempts.count == 1 && given.cost == given.attempts[0].cost)
      #expect(given.status == .answered && given.modelServed == "cheap")
      let similarity = Amounts.text(try #require(hit.similarity))
      #expect(given.savings.cache == "similar \(similarity) \(first.id)")
      #expect(asked.savings.cache == "miss")
      let (cost, spent) = (try #require(asked.cost.money), try #require(given.cost.money))
      #expect(given.savings.saved == Money(nanos: cost.nanos - spent.nanos) && spent < cost)
      #expect(given.charges.first?.amount == spent.nanos)
      #expect(Self.calls(ground) == (1, 2))
      try await ground.expectQuiet([asked, given])
    }
  }

  @Test func `a guard stops what is near and another question`() async throws {
    let policy = Self.cached.replacing("0.6", with: "0.3")
    try await ServiceGround.with(policy) { ground in
      let pairs = [
        ("How do I fly from Paris to Rome?", "How do I fly from Rome to Paris?"),
        ("Is my order 1234 on its way?", "Is my order 1235 on its way?"),
        ("Can I pay with a card?", "Can I not pay with a card?"),
        ("Do you open on 3 May?", "Do you open on 4 May?"),
        ("How do I switch the alarm on?", "How do I switch the alarm off?"),
      ]
      for (number, pair) in pairs.enumerated() {
        let tenant = "tenant-\(number)"
        let first = try await ground.ask(pair.0, tenant: tenant)
        let second = try await ground.ask(pair.1, tenant: tenant)
        let look = try #require(second.similar)
        #expect(look.result == .guarded && second.cache == .miss, "\(pair)")
        #expect(look.nearest?.request == first.id)
        let word = try #require(look.stopped)
        let cell = try #require(second.row?.entry.savings.cache)
        #expect(cell.hasPrefix("guarded 0.") || cell.hasPrefix("guarded 1 "))
        #expect(cell.hasSuffix(" \(first.id) \(word)"))
        #expect(try await ground.ask(pair.0, tenant: tenant).cache == .similar)
      }
      #expect(Self.calls(ground).models == 2 * pairs.count)
    }
  }

  @Test func `everything else of the request is another question`() async throws {
    try await ServiceGround.with(Self.cached) { ground async throws in
      func send(_ body: String, tenant: String = "acme") async throws -> CacheUse {
        try await ground.send(body, tenant: tenant).cache
      }
      let user = #"{"role":"user","content":"\#(Self.reset)"}"#
      #expect(try await send(#"{"messages":[\#(user)]}"#) == .miss)
      for other in [
        #"{"messages":[{"role":"system","content":"Be brief."},\#(user)]}"#,
        #"{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"},\#(user)]}"#,
        #"{"messages":[\#(user)],"temperature":0}"#, #"{"messages":[\#(user)],"seed":1}"#,
        #"{"messages":[\#(user)],"user":"ann"}"#, #"{"messages":[\#(user)],"whatever":1}"#,
        #"{"messages":[\#(user)],"cache":{"namespace":"n"}}"#,
      ] { #expect(try await send(other) == .miss, "\(other)") }
      #expect(try await send(#"{"messages":[\#(user)]}"#, tenant: "globex") == .miss)
      #expect(try await send(#"{"messages":[\#(user)]}"#) == .similar)
      #expect(try await send(#"{"messages":[\#(user)],"stream":true}"#) == .similar)
    }
  }

  @Test func `what is no plain text is not looked up, and no vector paid for`() async throws {
    try await ServiceGround.with(Self.cached) { ground in
      let parts = #"[{"type":"text","text":"a?"},{"type":"text","text":"b?"}]"#
      let long = String(repeating: "how ", count: 600)
      for content in [parts, #""\#(long)""#, #"" ... ""#] {
        let body = #"{"messages":[{"role":"user","content":\#(content)}]}"#
        for _ in 0..<2 {
          let outcome = try await ground.send(body, tenant: "acme")
          #expect(outcome.cache == .skip && outcome.row?.entry.savings.cache == "skip")
        }
      }
      #expect(Self.calls(ground) == (6, 0))
    }
  }

  @Test func `an exact line goes first, and those who wait get what was found`() async throws {
    try await ServiceGround.with(Self.both) { ground in
      #expect(try await ground.ask(Self.reset, tenant: "acme").cache == .miss)
      #expect(try await ground.ask(Self.reset, tenant: "acme").cache == .hit)
      #expect(Self.calls(ground) == (1, 1))
      #expect(try await ground.ask(Self.again, tenant: "acme").cache == .similar)
      // A similar answer is not kept as that to this request.
      #expect(try await ground.ask(Self.again, tenant: "acme").cache == .similar)
      let stats = try await ground.store.stats()
      #expect(stats.hits == 1 && stats.similarHits == 2 && stats.misses == 1)
      #expect(stats.entries == 2 && stats.questions == 1)
      let uses = try await withThrowingTaskGroup(of: CacheUse.self) { group in
        for _ in 0..<50 {
          group.addTask {
            try await ground.ask("How may I reset my password?", tenant: "acme").cache
          }
        }
        return try await group.reduce(into: [CacheUse: Int]()) { $0[$1, default: 0] += 1 }
      }
      #expect(uses == [.similar: 50])
      #expect(Self.calls(ground).models == 1)
    }
  }

  @Test func `does as the caller says, within the policy`() async throws {
    try await ServiceGround.with(Self.cached) { ground async throws in
      func ask(_ more: String = "", header: String? = nil) async throws -> CacheUse {
        try await ground.send(
          #"{"messages":[{"role":"user","content":"\#(Self.reset)"}]\#(more)}"#, tenant: "acme",
          header: header
        ).cache
      }
      #expect(try await ask(#","cache":{"no-store":true,"no-cache":true}"#) == .skip)
      #expect(Self.calls(ground) == (1, 0))
      #expect(try await ask(#","cache":{"no-store":true}"#) == .skip)
      #expect(try await ask() == .miss)
      #expect(try await ask(#","cache":{"no-store":true}"#) == .similar)
      #expect(try await ask(header: "no-cache") == .refresh)
      ground.time.pass(Milliseconds(5000))
      #expect(try await ask(header: "max-age=5") == .similar)
      #expect(try await ask(#","cache":{"s-maxage":4}"#) == .miss)
      #expect(try await ask(#","cache":{"no-cache":true,"ttl":10}"#) == .refresh)
      ground.time.pass(Milliseconds(11_000))
      #expect(try await ask() == .miss)
      ground.time.pass(Milliseconds(3_601_000))
      #expect(try await ask() == .miss)
    }
  }

  @Test(arguments: [
    Rule(model: "words-1", fault: .status500), Rule(model: "words-1", fault: .resetBeforeHeaders),
    Rule(model: "words-1", delay: 5000), Rule(model: "words-1", fault: .halfJSON),
  ])
  func `an encoder that fails or is late is a miss, and is left alone for a while`(
    rule: Rule
  ) async throws {
    try await ServiceGround.with(Self.cached, script: Script(rules: [rule])) { ground in
      let first = try await ground.ask(Self.reset, tenant: "acme")
      #expect(first.cache == .miss && first.similar?.result == .failed)
      let entry = try #require(first.row).entry
      #expect(entry.status == .answered && entry.savings.cache == "failed")
      #expect(entry.attempts.first?.role == .embedder)
      #expect(entry.attempts.first?.verdict != "accepted")
      let second = try await ground.ask(Self.again, tenant: "acme")
      #expect(second.similar?.result == .failed && second.row?.entry.attempts.count == 1)
      ground.time.pass(Milliseconds(5001))
      let third = try await ground.ask(Self.again, tenant: "acme")
      #expect(Self.calls(ground).encoder == 2)
      let more = try [second, third].map { try #require($0.row).entry }
      try await ground.expectQuiet([entry] + more)
    }
  }

  @Test func `a spent budget stops the encoder too`() async throws {
    let policy = """
      limit often = 1 requests per tenant per hour
      otherwise {
        cache similar >= 0.6 by words for 1h
        use cheap
      }
      """
    try await ServiceGround.with(policy) { ground in
      _ = try await ground.ask(Self.reset, tenant: "acme")
      let second = try await ground.ask(Self.again, tenant: "acme")
      #expect(second.row?.entry.status == .refused && second.row?.entry.attempts.isEmpty == true)
      #expect(Self.calls(ground) == (1, 1))
    }
  }

  @Test func `many at once hold every counter`() async throws {
    try await ServiceGround.with(Self.cached) { ground in
      let entries = try await withThrowingTaskGroup(of: LedgerEntry?.self) { group in
        for number in 0..<120 {
          group.addTask {
            try await ground.ask(
              number.isMultiple(of: 2) ? Self.reset : Self.again, tenant: "t\(number % 3)"
            ).row?.entry
          }
        }
        return try await group.reduce(into: [LedgerEntry]()) { entries, entry in
          if let entry { entries.append(entry) }
        }
      }
      #expect(entries.count == 120)
      try await ground.expectQuiet(entries)
    }
  }

  @Test func `never crosses tenants, with three hundred prompts each`() async throws {
    let policy = "otherwise {\ncache similar >= 0.5 by words for 1h\nuse cheap\n}"
    try await ServiceGround.with(policy, recording: false) { ground in
      var askers: [RequestID: String] = [:]
      var (across, own) = (0, 0)
      for number in 0..<300 {
        let word = String(UnicodeScalar(UInt8(97 + number % 26)))
        let question = "What does \(String(repeating: word, count: 2 + number / 26)) mean?"
        for tenant in ["acme", "globex"] {
          let outcome = try await ground.ask(question, tenant: tenant)
          askers[outcome.id] = tenant
          guard outcome.cache == .similar, let near = outcome.similar?.nearest else { continue }
          if askers[near.request] == tenant { own += 1 } else { across += 1 }
        }
      }
      #expect(across == 0)
      SharedData.say(
        "similar cache: 300 prompts of two tenants, \(across) hits across, \(own) of their own")
    }
  }

  @Test func `forgets what is purged, also what is on its way`() async throws {
    let script = Script(rules: [Rule(model: "cheap", delay: 300)])
    try await ServiceGround.with(Self.cached, script: script) { ground in
      async let first = ground.ask(Self.reset, tenant: "acme")
      while Self.calls(ground).models == 0 { try await Task.sleep(for: .milliseconds(5)) }
      _ = try await ground.store.purge(CachePurge(route: "otherwise"))
      #expect(try await first.cache == .miss)
      #expect(try await ground.ask(Self.again, tenant: "acme").cache == .miss)
      #expect(try await ground.ask(Self.reset, tenant: "acme").cache == .similar)
      #expect(try await ground.store.purge(CachePurge(tenant: "acme")) == 1)
      #expect(try await ground.ask(Self.reset, tenant: "acme").cache == .miss)
    }
  }
}
