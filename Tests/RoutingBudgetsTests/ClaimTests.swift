import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingRuntime
import Testing

@Suite struct `Claims of a decision` {
  static let policy = """
    rung 1 catalog "catalog.yaml"
    facts { team: text = "none"  urgent: bool = false  grade: low | high = low }
    budget whole = $10 per request
    budget daily = $100 per tenant per day
    limit mine = 5 requests per user per minute
    limit slots = 2 at once per key
    budget house = $1000 per week
    limit words = 1M tokens per team per month when urgent
    limit grades = 9 requests per grade per hour
    limit urgency = 9 requests per urgent per hour
    otherwise { use small max_output 1000 tokens }
    """

  /// Each caller with the owners it is counted under, in the order of the budgets.
  static let callers: [(tenant: String?, user: String?, key: String?, owners: [String])] = [
    ("acme", "ann", "k1", ["tenant:acme", "user:ann", "key:k1"]),
    (nil, nil, "k1", ["key:k1", "key:k1", "key:k1"]),
    (nil, "k1", nil, ["nobody", "user:k1", "nobody"]),
    ("k1", nil, "k1", ["tenant:k1", "key:k1", "key:k1"]),
    (nil, nil, nil, ["nobody", "nobody", "nobody"]),
    ("nobody", "", "a:b", ["tenant:nobody", "user:", "key:a:b"]),
  ]

  @Test(arguments: callers)
  func `count each caller under one name`(
    caller: (tenant: String?, user: String?, key: String?, owners: [String])
  ) throws {
    var input = try Self.request()
    (input.tenant, input.user, input.key) = (caller.tenant, caller.user, caller.key)
    let keys = try Self.keys(of: input)
    #expect(Array(keys.prefix(3)).map(\.owner) == caller.owners)
    #expect(keys[3].owner == nil)
  }

  @Test func `count a fact by its value`() throws {
    var input = try Self.request()
    input.metadata = [
      "team": .text("search:x"), "urgent": .bool(true), "grade": .text("high"),
    ]
    let keys = try Self.keys(of: input)
    #expect(
      keys.suffix(3).map(\.owner) == ["fact team:search:x", "fact grade:high", "fact urgent:true"])
  }

  @Test func `belong to the window of the moment`() throws {
    let keys = try Self.keys(of: try Self.request())
    #expect(
      keys.map(\.window) == [
        .day(try date(2026, 12, 2)), .minute, .running, .week(try date(2026, 11, 30)),
        .month(try date(2026, 12, 1)), .hour, .hour,
      ])
  }

  @Test func `stand in declaration order, without bounds on one request`() throws {
    let policy = try BudgetPolicy(Self.policy)
    let input = try Self.request()
    let facts = try policy.graph.facts(of: input)
    let claims = try BudgetCounters(policy.graph).claims(
      of: try policy.decider.decide(input), for: input, facts, cost: Money(nanos: 77), tokens: nil)
    // `words` binds urgent requests only.
    #expect(claims.map(\.key.budget) == ["daily", "mine", "slots", "house", "grades", "urgency"])
    #expect(claims.map(\.amount) == [77, 1, 1, 77, 1, 1])
    #expect(
      claims.map(\.cap) == [100_000_000_000, 5, 2, 1_000_000_000_000, 9, 9])
  }

  @Test func `refuse what nobody can bound`() throws {
    let policy = try BudgetPolicy(Self.policy)
    var input = try Self.request()
    input.metadata = ["urgent": .bool(true)]
    let facts = try policy.graph.facts(of: input)
    let decision = try policy.decider.decide(input)
    let counters = BudgetCounters(policy.graph)
    #expect(throws: UnboundedClaim(budget: "words", unit: .tokens)) {
      try counters.claims(of: decision, for: input, facts, cost: Money(nanos: 77), tokens: nil)
    }
    #expect(throws: UnboundedClaim(budget: "daily", unit: .money)) {
      try counters.claims(of: decision, for: input, facts, cost: nil, tokens: 5)
    }
  }

  /// Wednesday, 2 December 2026, half past nine in the evening.
  static func request() throws -> RequestInput {
    var input = RequestInput(
      moment: LocalMoment(date: try date(2026, 12, 2), weekday: .wednesday, hour: 21))
    input.messages = [RequestInput.Message(role: .user, text: "a question")]
    return input
  }

  static func keys(of input: RequestInput) throws -> [CounterKey] {
    let policy = try BudgetPolicy(Self.policy)
    let facts = try policy.graph.facts(of: input)
    return BudgetCounters(policy.graph).counters(of: input, facts).map(\.key)
  }
}
