import PolicyLint
import Testing

@Suite struct `A keyword inside another` {
  let rule = KeywordInsideAnother.self

  @Test func `the longer of two is taken out`() throws {
    try check(
      rule,
      "route a when question mentions (\"refund\", ⟦\"refund policy\"⟧) { use small }\n\(rest)",
      fixed: "route a when question mentions (\"refund\") { use small }\n\(rest)",
      messages: ["`refund policy` is found only where `refund` is found already"])
  }

  @Test func `order does not matter, and several go together`() throws {
    try check(
      rule,
      """
      route a when prompt mentions (⟦"my refund"⟧, ⟦"a refund now"⟧, "refund", "card", ⟦"red card"⟧, ⟦"credit card"⟧) { use small }
      \(rest)
      """,
      fixed: """
        route a when prompt mentions ("refund", "card") { use small }
        \(rest)
        """)
  }

  @Test func `of two that find the same the later goes`() throws {
    try check(
      rule,
      """
      task t when prompt mentions ("Refund", ⟦"refund"⟧, ⟦"REFUND"⟧)
      task u otherwise
      \(rest)
      """,
      fixed: """
        task t when prompt mentions ("Refund")
        task u otherwise
        \(rest)
        """,
      messages: [
        "`refund` finds what `Refund` finds, and nothing else",
        "`REFUND` finds what `Refund` finds, and nothing else",
      ])
  }

  @Test func `in contains any part of the text counts`() throws {
    try check(
      rule,
      """
      gate polite = answer contains ("sorry", ⟦"so sorry"⟧, "Sorry")
      ladder l { tier small accept polite  tier large }
      route a when question contains ("port", ⟦"report"⟧) { use l }
      \(rest)
      """,
      fixed: """
        gate polite = answer contains ("sorry", "Sorry")
        ladder l { tier small accept polite  tier large }
        route a when question contains ("port") { use l }
        \(rest)
        """)
  }

  @Test(arguments: [
    // Not whole words.
    #"("translate", "translation")"#, #"("port", "report")"#, #"("e", "é")"#, #"("net", "c_net")"#,
    #"("refund", "re fund")"#, #"("refund policy", "policy refund")"#, #""refund""#,
  ])
  func `keywords that are apart stay`(list: String) throws {
    try check(rule, "route a when question mentions \(list) { use small }\n\(rest)")
  }

  @Test(arguments: [
    // Signs bound words; a script without spaces has none to ask for; folding is Unicode's.
    #"("net", ⟦".net"⟧)"#, #"("c", ⟦"c++"⟧)"#, #"("税", ⟦"税金"⟧)"#, #"("STRASSE", ⟦"lange straße"⟧)"#,
    #"("right now", ⟦"now,  right   NOW"⟧)"#, #"("e\#u{301}t\#u{e9}", ⟦"un \#u{e9}te\#u{301}"⟧)"#,
  ])
  func `words are those of the matcher`(list: String) throws {
    try check(rule, "route a when question mentions \(list) { use small }\n\(rest)")
  }

  @Test func `a comment in between is not deleted`() throws {
    try check(
      rule,
      """
      route a when question mentions (⟦"refund policy"⟧,  # asked often
        "refund") { use small }
      \(rest)
      """,
      messages: ["`refund policy` is found only where `refund` is found already"])
  }
}
