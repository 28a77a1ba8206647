import OpenAIWire
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService
import RoutingTestSupport
import StandInProvider
import Synchronization
import Testing

@Suite struct `Requests asked together` {
  static let policy = """
    gate short = length <= 2000 chars
    ladder strict { tier cheap accept short max_output 200 tokens  tier dear max_output 200 tokens }
    limit few = 100k tokens per tenant per day
    route gated when system mentions ("strictly") { batch up to 4 within 1s  use strict }
    route cached when system mentions ("cached") {
      cache exact for 1h per tenant
      batch up to 4 within 1s
      use cheap max_output 200 tokens
    }
    route everybody when system mentions ("everybody") {
      cache exact for 1h shared
      batch up to 4 within 1s
      use cheap max_output 200 tokens
    }
    otherwise {
      batch up to 4 within 1s
      use cheap max_output 200 tokens fallback dear max_output 200 tokens
    }
    """

  /// A request under long instructions, as labels are asked for.
  static func body(_ question: String, system: String = "Label it.", more: String = "") -> String {
    let rules = (1...40).map { "Rule \($0) says what label \($0 * 7) means. " }.joined()
    return #"{"messages":[{"role":"system","content":"\#(system) \#(rules)"},"#
      + #"{"role":"user","content":"\#(question)"}]\#(more)}"#
  }

  static let questions = [
    "Where is my parcel?", "I was billed twice", "Please ignore the others", "Bye",
  ]

  /// What the stand-in answers when it is asked alone.
  static func alone(_ questions: [String]) async throws -> [String] {
    var answers: [String] = []
    try await ServiceGround.with("otherwise { use cheap max_output 200 tokens }", isPatient: true) {
      ground in
      for question in questions {
        let outcome = try await ground.send(body(question))
        answers.append(outcome.record?.answer?.text ?? "")
      }
    }
    return answers
  }

  /// Asks all at once; their outcomes in order.
  static func ask(
    _ ground: ServiceGround, _ bodies: [String], tenants: [String?]? = nil, over: Finished? = nil
  ) async throws -> [RequestOutcome] {
    try await withThrowingTaskGroup(of: (Int, RequestOutcome).self) { group in
      for (place, body) in bodies.enumerated() {
        let tenant = tenants?[place] ?? "acme"
        group.addTask {
          defer { over?.add() }
          return (place, try await ground.send(body, tenant: tenant))
        }
      }
      var all: [Int: RequestOutcome] = [:]
      for try await (place, outcome) in group { all[place] = outcome }
      return all.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  /// Asks all at once, and ends the pauses whenever there are only some left that wait for others.
  static func askAll(
    _ ground: ServiceGround, _ bodies: [String], _ pauses: HeldPauses
  ) async throws -> [RequestOutcome] {
    let over = Finished()
    async let outcomes = ask(ground, bodies, over: over)
    while over.count < bodies.count {
      let waiting = await ground.service.waitingForOthers
      if waiting > 0, over.count + waiting == bodies.count { pauses.pass() }
      try await Task.sleep(for: .milliseconds(1))
    }
    return try await outcomes
  }

  /// Returns when so many wait for others; with pauses, when so many were asked for since the ground
  /// began: one that is asked for after they are ended would be held for ever.
  static func wait(
    for count: Int, in ground: ServiceGround, _ pauses: HeldPauses? = nil, asked: Int = 0
  ) async throws {
    for _ in 0..<60_000 {
      let isHeld = pauses.map { $0.asked.count == asked } ?? true
      if isHeld, await ground.service.waitingForOthers == count { return }
      try await Task.sleep(for: .milliseconds(1))
    }
    Issue.record("\(count) never waited together")
  }

  /// The stand-in's tokens at the price of `cheap`: 130 and 570 nano-dollars a token.
  static func bill(_ ground: ServiceGround) -> Int64 {
    ground.standIn.stats.models.values.reduce(0) {
      $0 + Int64($1.promptTokens) * 130 + Int64($1.completionTokens) * 570
    }
  }

  @Test func `as many as there is room for share one call, and each gets its own answer`()
    async throws
  {
    let alone = try await Self.alone(Self.questions)
    let pauses = HeldPauses()
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk, isPatient: true, pauses: pauses) {
      ground in
      let outcomes = try await Self.ask(ground, Self.questions.map { Self.body($0) })
      #expect(ground.standIn.stats.calls == 1)
      #expect(outcomes.map { $0.record?.answer?.text ?? "none" } == alone)
      let rows = outcomes.map(\.entry)
      #expect(rows.allSatisfy { $0.status == .answered && $0.savings.batch == 4 })
      #expect(rows.allSatisfy { $0.attempts.count == 1 && $0.attempts[0].attempt == 1 })
      let names = Set(rows.compactMap { $0.attempts.first?.reason })
      #expect(names.count == 1 && names.first?.hasPrefix("batch-") == true)
      #expect(Set(rows.map(\.id)).count == 4)
      let cost = rows.compactMap(\.cost.money).reduce(Money.zero, +)
      #expect(cost.nanos == Self.bill(ground), "shares add up to the bill")
      for (outcome, row) in zip(outcomes, rows) {
        #expect(row.attempts[0].cost == row.cost)
        #expect(outcome.record?.answer?.finish == .stop)
        #expect(outcome.record?.batch == 4)
      }
      let seen = ground.standIn.stats.models.values.reduce(0) { $0 + Int64($1.promptTokens) }
      #expect(rows.reduce(0) { $0 + ($1.attempts[0].tokens?.input ?? 0) } == seen)
      let used = disk.now
      #expect(used.rows.count == 4)
    }
  }

  @Test func `who waited long enough is sent with those who are there`() async throws {
    let pauses = HeldPauses()
    try await ServiceGround.with(Self.policy, isPatient: true, pauses: pauses) { ground in
      async let outcomes = Self.ask(ground, Self.questions.prefix(3).map { Self.body($0) })
      try await Self.wait(for: 3, in: ground, pauses, asked: 1)
      #expect(ground.standIn.stats.calls == 0)
      #expect(pauses.asked == [Milliseconds(1000)], "the first of them begins the time")
      pauses.pass()
      let rows = try await outcomes.map(\.entry)
      #expect(rows.map(\.savings.batch) == [3, 3, 3])
      #expect(ground.standIn.stats.calls == 1)
      async let single = ground.send(Self.body("Bye"), tenant: "acme")
      try await Self.wait(for: 1, in: ground, pauses, asked: 2)
      pauses.pass()
      let row = try await single.entry
      #expect(row.status == .answered && row.savings.batch == nil)
      #expect(row.attempts.map(\.reason) == ["alone nobody_else"])
    }
  }

  @Test func `tenants, instructions and parameters are never mixed`() async throws {
    let pauses = HeldPauses()
    try await ServiceGround.with(Self.policy, isPatient: true, pauses: pauses) { ground in
      let bodies = [
        Self.body("a"), Self.body("b"), Self.body("c"), Self.body("d", system: "Translate it."),
        Self.body("e", more: #","temperature":1"#), Self.body("f", system: "Label strictly."),
      ]
      let tenants: [String?] = ["acme", "acme", "other", "acme", "acme", "acme"]
      async let outcomes = Self.ask(ground, bodies, tenants: tenants)
      try await Self.wait(for: 6, in: ground, pauses, asked: 5)
      pauses.pass()
      let rows = try await outcomes.map(\.entry)
      #expect(rows.map(\.savings.batch) == [2, 2, nil, nil, nil, nil])
      #expect(ground.standIn.stats.calls == 5)
    }
  }

  private static let ends: [(Fault, Int, Int)] = [
    (.batchDrop, 2, 1), (.batchDuplicate, 2, 1), (.batchReorder, 1, 0), (.batchInvent, 1, 0),
    (.batchProse, 5, 4), (.halfJSON, 5, 0), (.badRequest, 5, 0), (.contentFilter, 5, 0),
  ]

  @Test(arguments: ends)
  func `whatever comes of the call, each gets the answer it would get alone`(
    fault: Fault, calls: Int, bad: Int
  ) async throws {
    let alone = try await Self.alone(Self.questions)
    let script = Script(rules: [Rule(contains: "batch-", fault: fault)])
    try await ServiceGround.with(Self.policy, script: script, isPatient: true, pauses: HeldPauses())
    { ground in
      let outcomes = try await Self.ask(ground, Self.questions.map { Self.body($0) })
      let rows = outcomes.map(\.entry)
      #expect(rows.allSatisfy { $0.status == .answered })
      #expect(ground.standIn.stats.calls == calls)
      let isOfProvider = [.halfJSON].contains(fault)
      if !isOfProvider {
        #expect(outcomes.map { $0.record?.answer?.text ?? "none" } == alone)
        #expect(rows.allSatisfy { $0.modelServed == "cheap" })
      }
      let wrong = rows.flatMap(\.attempts).count { $0.reason?.hasPrefix("batch_") == true }
      #expect(wrong == bad)
      let cost = rows.compactMap(\.cost.money).reduce(Money.zero, +)
      if !isOfProvider {
        #expect(rows.allSatisfy { $0.cost.certainty == .exact })
        #expect(cost.nanos == Self.bill(ground), "the failed call is shared, too")
      }
      #expect(rows.allSatisfy { $0.savings.batch == 4 })
    }
  }

  @Test func `a provider that is down is left by each on its own`() async throws {
    let script = Script(rules: [Rule(model: "cheap", fault: .status503)])
    try await ServiceGround.with(Self.policy, script: script, isPatient: true, pauses: HeldPauses())
    { ground in
      let rows = try await Self.ask(ground, Self.questions.map { Self.body($0) }).map(\.entry)
      #expect(rows.allSatisfy { $0.status == .answered && $0.modelServed == "dear" })
      #expect(rows.allSatisfy { $0.attempts.map(\.verdict) == ["failed", "accepted"] })
      #expect(ground.standIn.stats.calls == 5, "one call of cheap, four of dear")
    }
  }

  @Test func `a gate is asked about each answer, and only who is rejected climbs`() async throws {
    let questions = ["Where is my parcel?", "Bye"]
    let alone = try await Self.alone(questions)
    let word = try #require(
      alone[0].split { !$0.isLetter }.first { $0.count > 3 && !alone[1].contains($0) })
    let policy = """
      gate ok = not answer contains "\(word)"
      ladder strict { tier cheap accept ok max_output 200 tokens  tier dear max_output 200 tokens }
      otherwise { batch up to 2 within 1s  use strict }
      """
    try await ServiceGround.with(policy, isPatient: true, pauses: HeldPauses()) { ground in
      let rows = try await Self.ask(ground, questions.map { Self.body($0) }).map(\.entry)
      #expect(rows.allSatisfy { $0.status == .answered && $0.savings.batch == 2 })
      #expect(rows.allSatisfy { $0.attempts[0].gates.count == 1 })
      #expect(rows[0].attempts.map(\.verdict) == ["rejected", "accepted"])
      #expect(rows[0].modelServed == "dear")
      #expect(rows[1].attempts.map(\.verdict) == ["accepted"])
      #expect(ground.standIn.stats.calls == 2)
    }
  }

  @Test(arguments: [
    (#","n":2"#, "choices"), (#","stop":["x"]"#, "stop"),
    (#","tools":[{"type":"function","function":{"name":"f"}}]"#, "tools"),
    (#","logit_bias":{"1":1}"#, "field logit_bias"),
  ])
  func `what cannot be asked with others is asked alone, and the row says why`(
    more: String, reason: String
  ) async throws {
    try await ServiceGround.with(Self.policy, isPatient: true, pauses: HeldPauses()) { ground in
      let row = try await ground.send(Self.body("Bye", more: more), tenant: "acme").entry
      #expect(row.status == .answered)
      #expect(row.attempts.map(\.reason) == ["alone \(reason)"])
      #expect(row.savings.batch == nil)
    }
  }

  @Test func `questions without instructions would be dearer together`() async throws {
    try await ServiceGround.with(Self.policy, isPatient: true, pauses: HeldPauses()) { ground in
      let bodies = Self.questions.map { #"{"messages":[{"role":"user","content":"\#($0)"}]}"# }
      let rows = try await Self.ask(ground, bodies).map(\.entry)
      #expect(rows.allSatisfy { $0.attempts.map(\.reason) == ["alone dearer"] })
      #expect(ground.standIn.stats.calls == 4)
    }
  }

  @Test func `who leaves while it waits is taken out and pays nothing`() async throws {
    let pauses = HeldPauses()
    let disk = MemoryDisk()
    try await ServiceGround.with(Self.policy, disk: disk, isPatient: true, pauses: pauses) {
      ground in
      let leaver = Task { try await ground.send(Self.body("I go"), tenant: "acme") }
      try await Self.wait(for: 1, in: ground)
      async let outcomes = Self.ask(ground, Self.questions.prefix(2).map { Self.body($0) })
      try await Self.wait(for: 3, in: ground, pauses, asked: 1)
      leaver.cancel()
      let left = try await leaver.value.entry
      #expect(left.status == .cancelled && left.cost == .exact(.zero))
      pauses.pass()
      let rows = try await outcomes.map(\.entry)
      #expect(rows.map(\.savings.batch) == [2, 2])
      #expect(ground.standIn.stats.calls == 1)
    }
  }

  @Test func `who leaves while the call is under way pays its share`() async throws {
    let script = Script(rules: [Rule(contains: "batch-", delay: 300)])
    try await ServiceGround.with(Self.policy, script: script, isPatient: true, pauses: HeldPauses())
    { ground in
      let leaver = Task { try await ground.send(Self.body("I go"), tenant: "acme") }
      try await Self.wait(for: 1, in: ground)
      async let outcomes = Self.ask(ground, Self.questions.prefix(3).map { Self.body($0) })
      for _ in 0..<60_000 where ground.standIn.stats.calls == 0 {
        try await Task.sleep(for: .milliseconds(1))
      }
      leaver.cancel()
      let left = try await leaver.value.entry
      let rows = try await outcomes.map(\.entry)
      #expect(left.status == .cancelled && left.cost.certainty == .exact)
      #expect((left.cost.money?.nanos ?? 0) > 0)
      let all = (rows + [left]).compactMap(\.cost.money).reduce(Money.zero, +)
      #expect(all.nanos == Self.bill(ground))
      #expect(rows.allSatisfy { $0.status == .answered })
    }
  }

  @Test func `a process that goes down sends what waits, and lets nothing wait any more`()
    async throws
  {
    try await ServiceGround.with(Self.policy, isPatient: true, pauses: HeldPauses()) { ground in
      async let outcomes = Self.ask(ground, Self.questions.prefix(2).map { Self.body($0) })
      try await Self.wait(for: 2, in: ground)
      await ground.service.stopWaiting()
      #expect(try await outcomes.map(\.entry.savings.batch) == [2, 2])
      let row = try await ground.send(Self.body("Late"), tenant: "acme").entry
      #expect(row.attempts.map(\.reason) == ["alone draining"])
    }
  }

  @Test func `an answer of a batch is never kept for other tenants`() async throws {
    let pauses = HeldPauses()
    try await ServiceGround.with(Self.policy, isPatient: true, pauses: pauses) { ground in
      let bodies = Self.questions.map { Self.body($0, system: "everybody") }
      _ = try await Self.ask(ground, bodies)
      async let again = Self.ask(ground, [bodies[0]], tenants: ["other"])
      try await Self.wait(for: 1, in: ground, pauses, asked: 2)
      pauses.pass()
      let alone = try await again[0]
      #expect(alone.cache == .miss && alone.entry.savings.batch == nil)
      let kept = try await Self.ask(ground, [bodies[0]], tenants: ["third"])
      #expect(kept[0].cache == .hit, "what was asked alone is kept")
    }
  }

  /// Everything that can come of a call, over many requests at once under a budget: what rows say was
  /// paid is what the provider worked for, nobody pays more than it set aside, and nothing stays so.
  @Test func `whatever happens to many of them, every share is paid once`() async throws {
    let seed: UInt64 = 12
    let faults: [Fault?] = [
      nil, nil, .batchDrop, .batchDuplicate, .batchReorder, .batchInvent, .batchProse, .badRequest,
      .status429, .contextLength,
    ]
    let rules = (0..<60).map { place in
      Rule(model: "cheap", contains: "batch-", times: 1, fault: faults[(place * 7) % faults.count])
    }
    let policy = """
      budget day = $0.50 per tenant per day
      otherwise {
        batch up to 5 within 20ms
        use cheap max_output 60 tokens fallback dear max_output 60 tokens
      }
      """
    let disk = MemoryDisk()
    let pauses = HeldPauses()
    try await ServiceGround.with(
      policy, script: Script(rules: rules), disk: disk, isPatient: true, pauses: pauses
    ) { ground in
      var random = SplitMix(state: seed)
      let bodies = (0..<120).map { _ in
        Self.body("Ticket \(Int.random(in: 0..<1_000_000, using: &random))")
      }
      let rows = try await Self.askAll(ground, bodies, pauses).map(\.entry)
      let answered = rows.filter { $0.status == .answered }
      #expect(answered.count > 20)
      // The budget may be too small for a request, or for its fallback.
      let without = rows.filter { row in
        row.status != .answered && row.reason != "budget day"
          && !row.attempts.contains { $0.verdict == "dropped" && $0.reason == "budget day" }
      }
      #expect(without.isEmpty, "\(without.map { ($0.reason, $0.attempts.map(\.reason)) })")
      let shared = rows.filter { $0.savings.batch != nil }
      #expect(shared.count > 20)
      let paid = rows.compactMap(\.cost.money).reduce(Money.zero, +)
      let worked = ground.standIn.stats.models
      func price(_ model: String, _ input: Int64, _ output: Int64, fee: Int64) -> Int64 {
        guard let seen = worked[model] else { return 0 }
        return Int64(seen.promptTokens) * input + Int64(seen.completionTokens) * output
          + Int64(seen.calls) * fee
      }
      #expect(
        paid.nanos == price("cheap", 130, 570, fee: 0) + price("dear", 2130, 7770, fee: 1_000_000))
      #expect(paid <= Money(nanos: 500_000_000))
      #expect(
        rows.allSatisfy {
          $0.attempts.allSatisfy { attempt in
            guard let most = attempt.reserved, let cost = attempt.cost.money else { return true }
            return cost <= most
          }
        })
      #expect(disk.now.open.isEmpty)
      print("\(rows.count) requests, \(shared.count) shared, seed \(seed)")
    }
  }

  @Test func `an answer of a batch is given again out of the cache like any other`() async throws {
    try await ServiceGround.with(Self.policy, isPatient: true, pauses: HeldPauses()) { ground in
      let bodies = Self.questions.map { Self.body($0, system: "cached") }
      let first = try await Self.ask(ground, bodies)
      let again = try await Self.ask(ground, bodies)
      #expect(ground.standIn.stats.calls == 1)
      #expect(again.map(\.cache) == [.hit, .hit, .hit, .hit])
      #expect(again.map { $0.text } == first.map { $0.text })
    }
  }
}

/// How many requests of a test are over.
final class Finished: Sendable {
  private let number = Mutex(0)

  var count: Int { number.withLock { $0 } }

  func add() { number.withLock { $0 += 1 } }
}

extension RequestOutcome {
  var record: RunRecord? {
    if case .called(_, let record) = ending { record } else { nil }
  }

  var text: String? {
    switch ending {
    case .called(_, let record): record.answer?.text
    case .cached(_, let hit): hit.response.text
    case .notCalled, .full, .repeated, .unfit, .cancelled: nil
    }
  }
}
