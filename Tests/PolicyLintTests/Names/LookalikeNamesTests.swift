import PolicyLint
import Testing

@Suite struct `Names that look alike` {
  @Test func `labels of one fact or classifier are compared`() throws {
    try check(
      LookalikeNames.self,
      """
      facts {
        plan : free | ⟦Free⟧ | pro | no-plan | ⟦no_plan⟧ = free
        size : S | M | L = M
      }
      classifier subject : hello | ⟦hell0⟧ | law {
        reads question
        ask small "Which is it?"
        on failure law
      }
      route a when plan = pro or size = L or subject = law { use small }
      \(rest)
      """,
      messages: [
        "the labels `free` and `Free` look alike", "the labels `no-plan` and `no_plan` look alike",
        "the labels `hello` and `hell0` look alike",
      ])
  }

  @Test func `names of one policy are compared, whatever they name`() throws {
    try check(
      LookalikeNames.self,
      """
      facts { longprompt : bool = false }
      condition ⟦long_prompt⟧ = prompt.tokens >= 8k
      ladder cheap_l { tier small }
      route ⟦cheap_1⟧ when long_prompt or longprompt {
        split by user { 50% as ⟦cheapl⟧ { use cheap_l } 50% as other { use medium } }
      }
      \(rest)
      """,
      messages: [
        "the names `longprompt` and `long_prompt` look alike",
        "the names `cheap_l` and `cheap_1` look alike",
        "the names `cheap_l` and `cheapl` look alike",
      ])
  }

  @Test func `a ladder is not to be taken for a model`() throws {
    try check(
      LookalikeNames.self,
      """
      ladder ⟦sma_ll⟧ { tier small }
      route a when stream { use sma_ll }
      \(rest)
      """, messages: ["the ladder `sma_ll` looks like the model `small`"])
  }

  @Test func `what can be told apart draws nothing`() throws {
    try check(
      LookalikeNames.self,
      """
      facts {
        plan    : eu | us | v1.0 | v10 | v100 | contact | contract = eu
        version : v1_0 | v1 | v11 | vl1 | accept | except = v1
        v1      : bool = false
      }
      condition refund = question mentions "refund"
      condition refunds = question mentions "refunds"
      ladder small_first { tier small }
      route a when plan = eu and version = v1 and v1 and refund and refunds { use small_first }
      \(rest)
      """)
  }
}
