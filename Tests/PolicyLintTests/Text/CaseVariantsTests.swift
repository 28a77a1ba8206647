import PolicyLint
import Testing

@Suite struct `Texts that differ only in case` {
  @Test func `are found in an exact list`() throws {
    try check(
      CaseVariants.self,
      """
      gate told = answer contains ("Über", "other", ⟦"über"⟧)
      ladder l { tier small accept told  tier large }
      route a when question contains ("refund", ⟦"Refund"⟧, ⟦"REFUND"⟧) { use l }
      \(rest)
      """,
      messages: [
        "`über` and `Über` differ only in case", "`Refund` and `refund` differ only in case",
        "`REFUND` and `refund` differ only in case",
      ])
  }

  @Test func `other lists draw nothing`() throws {
    try check(
      CaseVariants.self,
      """
      route a when question contains ("refund", "refunds") or question mentions ("Pay", "pay later") { use small }
      \(rest)
      """)
  }
}
