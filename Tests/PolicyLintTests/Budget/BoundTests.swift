import PolicyDiagnostics
import Testing

@testable import PolicyLint

@Suite struct `Bounds on money` {
  @Test func `a max_budget that pays for no tier`() throws {
    try check(
      BoundBelowAnyCall.self,
      """
      gate g = not refusal
      ladder l(⟦max_budget = $0.000001⟧) { tier small accept g  tier medium }
      otherwise { use l }
      """,
      messages: ["`max_budget` of `l`, $0.000001, pays for no call"])
  }

  @Test func `the figures say what the cheapest call needs`() throws {
    let found = try LintedPolicy(
      """
      rung 1
      catalog "catalog.yaml"
      budget tight = $0.000005 per request
      otherwise { use small }
      """, rules: [BoundBelowAnyCall.self]
    ).diagnostics
    // 49 bytes at most in at 0.01, 256 tokens out at 0.02 per million.
    #expect(
      found.flatMap { $0.notes.map(\.message) } == [
        "the cheapest call, `small`, needs $0.00000561 for a prompt of 1 byte and 256 tokens of answer"
      ])
  }

  @Test func `a bound that a few tokens would fit in is a warning`() throws {
    func severity(_ amount: String) throws -> [Severity] {
      try LintedPolicy(
        "rung 1\ncatalog \"catalog.yaml\"\nbudget tight = $\(amount) per request\notherwise { use small }",
        rules: [BoundBelowAnyCall.self]
      ).diagnostics.map(\.severity)
    }
    #expect(try severity("0.0000001") == [.error])
    #expect(try severity("0.000005") == [.warning])
    #expect(try severity("0.000006") == [])
  }

  @Test func `a bound that reaches some routes is marked at the others, with the size`() throws {
    let text = """
      budget each = $0.005 per request
      route long when prompt.tokens >= 80k { use ⟦medium⟧ }
      otherwise { use small }
      """
    try check(
      BoundBelowAnyCall.self, text, messages: ["`each`, $0.005, pays for no call of `long`"])
    let found = try LintedPolicy(
      "rung 1\ncatalog \"catalog.yaml\"\n" + MarkedPolicy(text).text,
      rules: [BoundBelowAnyCall.self])
    let notes = found.diagnostics.flatMap { $0.notes.map(\.message) }
    #expect(notes.contains { $0.hasPrefix("it reaches prompts of 48,") }, "\(notes)")
  }

  @Test(arguments: [
    "budget each = $0.01 per request\notherwise { use small }",
    "budget daily = $0.01 per user per day\notherwise { use medium }",
    "gate g = not refusal\nladder l(max_budget = 0.01) { tier small accept g  tier medium }\notherwise { use l }",
    // One leg fits where another does not.
    "budget each = $0.00001 per request\notherwise { use large fallback small }",
    // The caller may name a model that fits.
    "budget each = $0.00001 per request\nroute r when model != \"auto\" { use requested fallback large }\notherwise { use small }",
    "route no when stream { refuse \"no\" }\notherwise { use small }",
  ])
  func `a bound that some call fits in is left alone`(_ policy: String) throws {
    try check(BoundBelowAnyCall.self, policy)
    try check(WindowBelowOneRequest.self, policy)
  }

  @Test func `a smaller min_output makes a tight bound enough`() throws {
    let policy = "ladder l(max_budget = $0.00001) { tier medium % tier small }\notherwise { use l }"
    try check(BoundBelowAnyCall.self, policy.replacing("%", with: ""))
    let only = "ladder l(max_budget = $0.00001) { tier medium % }\notherwise { use l }"
    try check(
      BoundBelowAnyCall.self,
      only.replacing("%", with: "").replacing(
        "max_budget = $0.00001", with: "⟦max_budget = $0.00001⟧"))
    try check(BoundBelowAnyCall.self, only.replacing("%", with: "min_output 5 tokens"))
  }

  @Test func `a window smaller than one request`() throws {
    try check(
      WindowBelowOneRequest.self,
      "budget daily = ⟦$0.00001⟧ per user per day when stream\notherwise { use medium }",
      messages: ["`daily`, $0.00001, pays for no call"])
  }

  @Test func `an outer bound that never binds`() throws {
    try check(
      BudgetNeverBinds.self,
      """
      budget daily   = $20 per tenant per day
      budget monthly = ⟦$1000⟧ per tenant per month
      budget house   = $1000 per month
      limit  fast    = 10 requests per key per minute
      limit  slow    = ⟦600 requests⟧ per key per hour
      limit  fewer   = 599 requests per key per hour
      otherwise { use medium }
      """,
      messages: [
        "`monthly` never binds: `daily` allows $620.00 per month at most",
        "`slow` never binds: `fast` allows 600 requests per hour at most",
      ])
  }

  @Test func `of two equal ones the later never binds`() throws {
    try check(
      BudgetNeverBinds.self,
      """
      budget a = $5 per user per day
      budget b = ⟦$5⟧ per user per day when stream
      otherwise { use medium }
      """,
      fixed: """
        budget a = $5 per user per day
        otherwise { use medium }
        """)
  }

  @Test(arguments: [
    // Other callers, other units, an inner one that does not always hold, or one that is read.
    "budget a = $20 per user per day\nbudget b = $1000 per tenant per month\notherwise { use medium }",
    "budget a = $20 per tenant per day when stream\nbudget b = $1000 per tenant per month\notherwise { use medium }",
    "limit a = 20 requests per tenant per day\nlimit b = 100k tokens per tenant per month\notherwise { use medium }",
    "budget a = $20 per tenant per day\nbudget b = $1000 per tenant per month\nroute r when b.used >= 1% { use small }\notherwise { use medium }",
    "budget a = $1 per request\nbudget b = $1000 per tenant per month\notherwise { use medium }",
  ])
  func `bounds that may bind are left alone`(_ policy: String) throws {
    try check(BudgetNeverBinds.self, policy)
  }

  @Test func `a max_budget above what any request may cost`() throws {
    try check(
      BudgetNeverBinds.self,
      """
      budget each = $0.05 per request
      ladder l(⟦max_budget = $0.50⟧) { tier small }
      ladder m(max_budget = $0.02) { tier medium }
      route r when stream { use l }
      otherwise { use m }
      """,
      fixed: """
        budget each = $0.05 per request
        ladder l { tier small }
        ladder m(max_budget = $0.02) { tier medium }
        route r when stream { use l }
        otherwise { use m }
        """,
      messages: ["`max_budget` of `l` never binds: `each` allows a request $0.05 at most"])
  }
}
