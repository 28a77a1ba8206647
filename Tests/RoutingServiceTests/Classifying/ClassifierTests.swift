import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingService
import StandInProvider
import Testing

@Suite struct `Classifiers` {
  private static let policy = """
    classifier subject : law | code | other {
      reads question
      ask cheap "Which field is this question about?"
      timeout 500ms on failure other
    }
    budget daily = $1 per tenant per day
    route courts when subject = law { use dear }
    otherwise { use cheap }
    """

  private static func rules(_ answer: String, _ fault: Fault? = nil) -> [Rule] {
    [Rule(model: "cheap", contains: "clause", times: 1, fault: fault, answer: answer)]
  }

  @Test func `the label decides, and asking is paid for with the rest`() async throws {
    let script = Script(rules: Self.rules("law"))
    try await ServiceGround.with(Self.policy, script: script) { ground in
      let outcome = try await ground.ask("Is this clause binding?", tenant: "acme")
      let row = try #require(outcome.row).entry
      #expect(row.route == "courts" && row.modelServed == "dear")
      #expect(row.attempts.map(\.role) == [.classifier, .answer])
      ground.expectSameAsProvider([row])
      let sum = row.attempts.reduce(Int64.zero) { $0 + ($1.cost.money?.nanos ?? 0) }
      #expect(try #require(row.cost.money).nanos == sum)
      #expect(row.charges.first?.amount == sum)
      #expect(!row.facts.isEmpty)
    }
  }

  @Test(arguments: [
    ("LAW", nil, "courts", "accepted"), (" law\n", nil, "courts", "accepted"),
    ("It is law.", nil, "otherwise", "rejected"), ("", nil, "otherwise", "rejected"),
    ("law", Fault.status500, "otherwise", "failed"), ("law", Fault.hang, "otherwise", "failed"),
  ])
  func `only a label is an answer; anything else is what the policy says for a failure`(
    answer: String, fault: Fault?, route: String, verdict: String
  ) async throws {
    let script = Script(rules: Self.rules(answer, fault))
    try await ServiceGround.with(Self.policy, script: script) { ground in
      let row = try await ground.row(of: "Is this clause binding?")
      #expect(row.route == route)
      #expect(row.attempts.first?.verdict == verdict)
      #expect(row.status == .answered)
    }
  }

  @Test func `nobody is asked where the decision does not hang on it`() async throws {
    let policy = Self.policy.replacing(
      "when subject = law", with: "when question mentions (\"contract\") and subject = law")
    try await ServiceGround.with(policy) { ground in
      let row = try await ground.row(of: "Is this clause binding?")
      #expect(row.attempts.map(\.role) == [.answer])
      let other = try await ground.row(of: "Is this contract binding?")
      #expect(other.attempts.first?.role == .classifier)
    }
  }

  @Test func `where nothing is left to ask with, nobody is asked`() async throws {
    let policy = Self.policy.replacing("$1 per tenant", with: "$0.000001 per tenant")
    try await ServiceGround.with(policy, script: Script(rules: Self.rules("law"))) { ground in
      let outcome = try await ground.ask("Is this clause binding?", tenant: "acme")
      let row = try #require(outcome.row).entry
      #expect(row.status == .refused)
      #expect(ground.standIn.stats.calls == 0)
    }
  }

  @Test func `a refusal after asking keeps what asking cost`() async throws {
    let policy = Self.policy.replacing("{ use dear }", with: "{ refuse \"no law here\" }")
    try await ServiceGround.with(policy, script: Script(rules: Self.rules("law"))) { ground in
      let outcome = try await ground.ask("Is this clause binding?", tenant: "acme")
      let row = try #require(outcome.row).entry
      #expect(row.status == .refused && row.reason == "route courts")
      #expect(row.attempts.map(\.role) == [.classifier])
      #expect(try #require(row.cost.money).nanos > 0)
      #expect(row.charges.first?.amount == row.cost.money?.nanos)
      ground.expectSameAsProvider([row])
    }
  }

  @Test func `the most that was set aside is never passed`() async throws {
    let policy = Self.policy.replacing("$1 per tenant", with: "$0.02 per tenant")
    try await ServiceGround.with(policy, script: Script(rules: [])) { ground in
      let rows = try await ground.askMany(24, atOnce: 8) { "Is this clause \($0) binding?" }
      let spent = rows.reduce(Int64.zero) { sum, row in
        sum + row.charges.filter { $0.key.budget == "daily" }.reduce(0) { $0 + $1.amount }
      }
      #expect(spent <= 20_000_000)
      ground.expectSameAsProvider(rows)
    }
  }
}
