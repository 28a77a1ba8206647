import Testing

@testable import PolicyLint

@Suite struct `Gates that always or never accept` {
  static func ladder(_ gates: String, accept: String = "g") -> String {
    "\(gates)\nladder l { tier small accept \(accept)  tier medium }\notherwise { use l }\n"
  }

  @Test(arguments: [
    "length <= 20 chars and length >= 200 chars",
    "length < 20 chars and not refusal and length >= 20 chars",
    "refusal and not refusal",
    "finish = stop and finish = length",
    "json and length = 0 chars",
    #"answer contains "yes indeed" and not answer contains "yes""#,
    #"answer starts with "no:" and not answer contains ("no", "yes")"#,
    "length > 10 chars and length < 10 bytes",
    "length < 10 chars and length > 40 bytes",
    #"answer mentions ("a", "b") and not answer mentions ("b", "a", "c")"#,
  ])
  func `a contradiction is found`(_ condition: String) throws {
    try check(GateNeverAccepts.self, Self.ladder("gate g = ⟦\(condition)⟧"))
    try check(GateAlwaysAccepts.self, Self.ladder("gate g = \(condition)"))
  }

  @Test(arguments: [
    "refusal or not refusal",
    "length < 20 chars or not refusal or length >= 20 chars",
    "finish != stop or finish != length",
    "not (json and length = 0 bytes)",
    #"answer mentions "a" or not answer mentions ("a")"#,
  ])
  func `what always holds is found`(_ condition: String) throws {
    try check(GateAlwaysAccepts.self, Self.ladder("gate g = ⟦\(condition)⟧"))
    try check(GateNeverAccepts.self, Self.ladder("gate g = \(condition)"))
  }

  @Test(arguments: [
    "length >= 20 chars and length <= 200 chars and not refusal",
    // All four reasons: an answer may name none.
    "finish in (stop, length, tool_calls, content_filter)",
    "length < 10 chars and length > 35 bytes",
    "json or not refusal or length > 5 lines",
    #"answer mentions ("a", "b") and not answer mentions "a""#,
    #"answer contains "yes" and not answer contains "yes indeed""#,
    "length <= 20 tokens and length >= 200 chars",
  ])
  func `what some answers pass and some do not is left alone`(_ condition: String) throws {
    try check(GateAlwaysAccepts.self, Self.ladder("gate g = \(condition)"))
    try check(GateNeverAccepts.self, Self.ladder("gate g = \(condition)"))
  }

  @Test func `gates are followed through other gates`() throws {
    try check(
      GateNeverAccepts.self,
      Self.ladder("gate long = length >= 200 chars\ngate g = ⟦long and length < 100 chars⟧"))
  }

  @Test func `gates of one tier that exclude each other are marked on the tier`() throws {
    let gates = "gate long = length >= 200 chars\ngate short = length < 100 chars"
    try check(
      GateNeverAccepts.self, Self.ladder(gates, accept: "⟦long and short⟧"),
      messages: ["no answer of `small` passes `long` and `short` together"])
  }

  @Test func `a score under two names is one score`() throws {
    let gates = """
      gate a = judge(large, "Is it good?")
      gate b = a >= 0.8 and not (a >= 0.9)
      gate c = ⟦b and a >= 0.95⟧
      """
    try check(GateNeverAccepts.self, Self.ladder(gates, accept: "c"))
  }

  @Test func `a comparison the checker has found is not found again`() throws {
    try check(GateAlwaysAccepts.self, Self.ladder("gate g = length >= 0 chars"))
  }

  @Test func `many free tests end in silence, not in a hang`() throws {
    let parts = (0..<40).map { "(answer contains \"x\($0)\" or answer contains \"y\($0)\")" }
    try check(
      GateNeverAccepts.self,
      Self.ladder("gate g = \(parts.joined(separator: " and ")) and not refusal"))
  }

  @Test func `thousands of words end in silence too`() throws {
    let words = (0..<5_000).map { "\"w\($0)\"" }.joined(separator: ", ")
    try check(
      GateNeverAccepts.self, Self.ladder("gate g = answer mentions (\(words)) and not refusal"))
  }
}
