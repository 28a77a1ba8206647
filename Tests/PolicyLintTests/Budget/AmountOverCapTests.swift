import PolicyDiagnostics
import Testing

@testable import PolicyLint

@Suite struct `An amount over the cap` {
  @Test(arguments: [
    "⟦cash.used >= $20.01⟧", "⟦cash.used > $20⟧", "⟦cash.used = $21⟧", "⟦cash.used <= $20⟧",
    "⟦cash.used < $21⟧", "⟦cash.used != $21⟧", "⟦cash.left > $20⟧", "⟦cash.left <= $20⟧",
    "⟦flow.used > 100⟧", "⟦flow.left >= 101⟧", "⟦words.used >= 6k⟧", "⟦slots.left > 5⟧",
    "vip and not (⟦cash.used > $80⟧)",
  ])
  func `is found where it says the same all the time`(condition: String) throws {
    try check(AmountOverCap.self, Self.policy(condition))
  }

  @Test(arguments: [
    "cash.used >= $20", "cash.used < $20", "cash.used = $20", "cash.left >= $20", "cash.left < $20",
    "cash.used > $19.99", "flow.used >= 100", "words.left = 5k", "cash.used >= 100%",
  ])
  func `is none at the cap or below`(condition: String) throws {
    try check(AmountOverCap.self, Self.policy(condition))
  }

  @Test func `is said to hold always or never`() throws {
    let linted = try LintedPolicy(
      withHead(Self.policy("cash.used > $80 or cash.left <= $80 or flow.used != 200")),
      rules: [AmountOverCap.self])
    #expect(
      linted.diagnostics.map(\.message) == [
        "this never holds: the cap of `cash` is $20.00",
        "this always holds: the cap of `cash` is $20.00",
        "this always holds: the cap of `flow` is 100 requests",
      ])
  }

  private static func policy(_ condition: String) -> String {
    """
    facts { vip : bool = false }
    budget cash = $20 per tenant per day
    limit flow = 100 requests per key per minute
    limit words = 5k tokens per key per minute
    limit slots = 5 at once per key
    route a when \(condition) { use small }
    \(rest)
    """
  }
}
