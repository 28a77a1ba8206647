import PolicyUnits
import RoutingCalls
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

/// A summary is a call of the request: paid for, counted, on record, and believed only as far as it
/// stands in its source.
@Suite struct `A model's summary on the way` {
  private static let policy = """
    compress trim { target context  to 30% with cheap }
    route short when question mentions ("locker") { compress trim  use dear }
    otherwise { use dear }
    """
  private static let prose = (1...40).map { "Locker \($0) stands at gate \($0 * 3). " }.joined()

  private static func asked(_ question: String) -> String {
    prose + #""},{"role":"assistant","content":"Read."},{"role":"user","content":""# + question
  }

  private static let question = "Where is locker 17?"
  /// Only the summary's prompt has the context in its question.
  private static func script(_ answer: String?, fault: Fault? = nil, finish: String? = nil)
    -> Script
  {
    Script(rules: [
      Rule(contains: "Locker 1 stands", fault: fault, answer: answer, finish: finish)
    ])
  }

  private func attempts(_ entry: LedgerEntry) -> [AttemptEntry.Role] { entry.attempts.map(\.role) }

  @Test func `is sent in the place of its source and paid for`() async throws {
    let script = Self.script("Locker 17 stands at gate 51. Locker 18 stands at gate 54.")
    try await ServiceGround.with(Self.policy, script: script) { ground in
      let whole = try await ground.row(of: Self.asked("Where is number 17?"))
      let short = try await ground.row(of: Self.asked(Self.question))
      #expect(attempts(whole) == [.answer])
      #expect(attempts(short) == [.compressor, .answer])
      let (summary, answer) = (short.attempts[0], short.attempts[1])
      #expect(summary.model == "cheap" && answer.model == "dear")
      #expect((answer.tokens?.input ?? 0) * 3 < (whole.attempts[0].tokens?.input ?? 0))
      #expect(short.savings.compression?.hasPrefix("trim ") == true)
      #expect(short.savings.compression?.hasSuffix(" tokens") == true)
      // All calls are in the row's cost, and what was spared is told without what the summary took.
      let costs = short.attempts.compactMap { $0.cost.money?.nanos }
      #expect(costs.count == 2 && short.cost.money?.nanos == costs.reduce(0, +))
      let figures = (short.savings.compression ?? "").split(separator: " ").compactMap { Int64($0) }
      let saved = try #require(short.savings.saved).nanos
      #expect(figures.count == 2)
      #expect(abs(saved + costs[0] - (figures[0] - figures[1]) * 2_130) <= 4)
    }
  }

  @Test(arguments: [
    ("Locker 17 stands at gate 52.", "check_failed_summary_fact"),
    ("Locker 17 does not stand at gate 51.", "check_failed_summary_negation"),
    ("Gate 51 stands at locker 17.", "check_failed_summary_sentence"),
    ("Olaf stands at gate 51.", "check_failed_summary_fact"),
    ("I am sorry, but that is beyond me.", "check_failed_summary_words"),
  ])
  func `is not believed where its source says otherwise`(
    _ answer: String, _ reason: String
  ) async throws {
    try await ServiceGround.with(Self.policy, script: Self.script(answer)) { ground in
      let whole = try await ground.row(of: Self.asked("Where is number 17?"))
      let row = try await ground.row(of: Self.asked(Self.question))
      #expect(row.savings.compression == "trim left_alone \(reason)")
      #expect(attempts(row) == [.compressor, .answer])
      #expect(row.attempts[0].cost.money != nil)
      // Two letters more or less: the question's own.
      let tokens = (row.attempts[1].tokens?.input ?? 0, whole.attempts[0].tokens?.input ?? 0)
      #expect(abs(tokens.0 - tokens.1) <= 4)
      #expect(row.savings.saved == nil && row.status == .answered)
    }
  }

  @Test func `that fails leaves the request as it came`() async throws {
    try await ServiceGround.with(Self.policy, script: Self.script(nil, fault: .status500)) {
      ground in
      let row = try await ground.row(of: Self.asked(Self.question))
      #expect(row.savings.compression == "trim left_alone call_failed")
      #expect(attempts(row) == [.compressor, .answer])
      #expect(row.attempts[0].verdict == "failed" && row.status == .answered)
    }
  }

  @Test func `that was cut off is none`() async throws {
    let script = Self.script("Locker 17 stands at gate 51.", finish: "length")
    try await ServiceGround.with(Self.policy, script: script) { ground in
      let row = try await ground.row(of: Self.asked(Self.question))
      #expect(row.savings.compression == "trim left_alone call_failed")
      #expect(row.attempts[0].cost.money != nil)
    }
  }

  @Test func `is not asked for where it cannot pay`() async throws {
    let policy = """
      compress trim { target context  to 30% with dear }
      route short when question mentions ("locker") { compress trim  use cheap }
      otherwise { use cheap }
      """
    try await ServiceGround.with(policy) { ground in
      let row = try await ground.row(of: Self.asked(Self.question))
      #expect(row.savings.compression == "trim left_alone does_not_pay")
      #expect(attempts(row) == [.answer] && ground.standIn.stats.calls == 1)
    }
  }

  @Test func `is not asked for where the budget leaves nothing for it`() async throws {
    // Enough for the answer, by the least it may have, and not for a summary on top.
    let policy = """
      budget daily = $0.012 per tenant per day
      compress trim { target context  to 30% with cheap }
      route short when question mentions ("locker") { compress trim  use dear min_output 1 tokens }
      otherwise { use dear }
      """
    let script = Self.script("Locker 17 stands at gate 51.")
    try await ServiceGround.with(policy, script: script) { ground in
      let outcome = try await ground.ask(Self.asked(Self.question), tenant: "acme")
      let row = try #require(outcome.row).entry
      if row.status == .answered {
        #expect((row.cost.money?.nanos ?? .max) <= 12_000_000)
      }
      try await ground.expectQuiet([row])
    }
  }

  @Test func `counts under a budget, with nothing left set aside`() async throws {
    let policy = "budget daily = $1 per tenant per day\n" + Self.policy
    let script = Self.script("Locker 17 stands at gate 51.")
    try await ServiceGround.with(policy, script: script) { ground in
      let outcome = try await ground.ask(Self.asked(Self.question), tenant: "acme")
      let row = try #require(outcome.row).entry
      #expect(attempts(row) == [.compressor, .answer])
      try await ground.expectQuiet([row])
    }
  }
}
