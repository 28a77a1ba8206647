import Testing

@testable import PolicyLint

@Suite struct `Gates of a tier` {
  @Test func `a gated last tier without an end is found and can be given one`() throws {
    try check(
      LastTierGated.self,
      """
      gate g = not refusal
      ladder l { tier small accept g  tier medium accept ⟦g⟧ }
      otherwise { use l }
      """,
      fixed: """
        gate g = not refusal
        ladder l { tier small accept g  tier medium accept g  on exhausted return best }
        otherwise { use l }
        """,
      messages: ["when `medium` is rejected too, `l` fails and nothing is returned"])
  }

  @Test func `tiers without a gate in common can only return the last`() throws {
    try check(
      LastTierGated.self,
      """
      gate g = not refusal
      gate h = finish = stop and not refusal
      ladder l { tier small accept g  tier medium accept ⟦h and g⟧ }
      otherwise { use l }
      """,
      fixed: """
        gate g = not refusal
        gate h = finish = stop and not refusal
        ladder l { tier small accept g  tier medium accept h and g  on exhausted return last }
        otherwise { use l }
        """)
  }

  @Test(arguments: ["on exhausted fail", "on exhausted return last", "on exhausted return best"])
  func `an end that is written is meant`(_ end: String) throws {
    try check(
      LastTierGated.self,
      """
      gate g = not refusal
      ladder l { tier small accept g  tier medium accept g  \(end) }
      otherwise { use l }
      """)
  }

  @Test func `an open last tier needs no end`() throws {
    try check(
      LastTierGated.self,
      "gate g = not refusal\nladder l { tier small accept g  tier medium }\notherwise { use l }")
  }

  @Test func `log-probabilities are missed where the model gives none`() throws {
    try check(
      LogprobsUnavailable.self,
      """
      gate sure = logprob(p10)
      gate fine = not refusal and sure >= 0.5
      gate lax = sure >= 0.3 on failure accept
      ladder l {
        tier small  accept ⟦sure >= 0.6⟧
        tier medium accept ⟦fine⟧ and ⟦lax⟧
        tier large  accept sure >= 0.6
        on exhausted return last
      }
      otherwise { use l }
      """,
      messages: [
        "`small` gives no log-probabilities, so `sure` rejects every answer",
        "`medium` gives no log-probabilities, so `fine` rejects every answer",
        "`medium` gives no log-probabilities, so `lax` accepts every answer unseen",
      ])
  }

  @Test func `a gate of form alone is noted once`() throws {
    try check(
      FormOnlyGate.self,
      """
      gate full = length >= 20 chars
      gate done = finish = stop
      gate clear = not refusal
      ladder l { tier small accept ⟦full and done⟧  tier medium accept full and done  tier large }
      ladder m { tier small accept full and clear  tier large }
      route a when stream { use m }
      otherwise { use l }
      """)
  }

  @Test func `form is enough where JSON was asked for`() throws {
    let text = """
      gate form = json and finish = stop
      ladder l { tier small accept %  tier large }
      route a when format in (json, json_schema) { use l }
      """
    try check(
      FormOnlyGate.self,
      text.replacing("%", with: "form") + "\notherwise { use large }")
    try check(
      FormOnlyGate.self,
      text.replacing("%", with: "⟦form⟧") + "\notherwise { use l }")
  }

  @Test func `a schema says more than form`() throws {
    try check(
      FormOnlyGate.self,
      """
      gate label = schema("label.json")
      ladder l { tier small accept label  tier large }
      otherwise { use l }
      """, files: ["label.json": #"{"enum": ["a", "b"]}"#])
  }
}
