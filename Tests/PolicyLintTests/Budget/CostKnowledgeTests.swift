import PolicyDiagnostics
import Testing

@testable import PolicyLint

@Suite struct `What is known of costs` {
  private static let open = [
    "catalog.yaml": sampleCatalog.replacing(
      "    max_output: 8k\n    capabilities: [tools, json, streaming]\n    tokenizer: deepseek",
      with: "    capabilities: [tools, json, streaming]\n    tokenizer: deepseek")
  ]

  @Test func `an answer nothing limits`() throws {
    try check(
      NoOutputBound.self,
      """
      gate g = not refusal
      ladder l { tier small accept g  tier medium max_output 1k tokens }
      route r when stream { use ⟦medium⟧ }
      otherwise { use l }
      """,
      fixed: """
        gate g = not refusal
        ladder l { tier small accept g  tier medium max_output 1k tokens }
        route r when stream { use medium max_output 4k tokens }
        otherwise { use l }
        """,
      messages: [
        "an answer of `medium` may fill its window of 128,000 tokens if the caller leaves `max_tokens` out"
      ],
      files: Self.open)
  }

  @Test(arguments: [
    "otherwise { use medium max_output 2k tokens }",
    "ladder l(max_budget = 0.10) { tier medium }\notherwise { use l }",
    "budget each = $0.10 per request\notherwise { use medium }",
    "route r when max_tokens <= 1k { use medium }\notherwise { use small }",
  ])
  func `a bound of any kind is enough`(_ policy: String) throws {
    try check(NoOutputBound.self, policy, files: Self.open)
  }

  @Test func `a price nobody knows`() throws {
    let catalog = sampleCatalog.replacing(
      "prices: {input: 0.01, output: 0.02}", with: "prices: {input: 0.01}")
    try check(
      UnknownPrice.self,
      "route r when stream { use ⟦small⟧ fallback medium }\notherwise { use small }",
      messages: ["the catalog has no output price for `small`: what this costs is unknown"],
      files: ["catalog.yaml": catalog])
    try check(UnknownPrice.self, "otherwise { use small fallback medium }")
  }

  @Test func `a fact that makes a request dearer`() throws {
    try check(
      CallerRaisesCost.self,
      """
      facts { ⟦plan : free | gold = free⟧  n : count = 0  safe : bool = false from key }
      route gold when plan = gold { use large }
      route many when n >= 10 { use medium }
      route sure when safe { use large }
      otherwise { use small fallback medium }
      """,
      fixed: """
        facts { plan : free | gold = free from key  n : count = 0  safe : bool = false from key }
        route gold when plan = gold { use large }
        route many when n >= 10 { use medium }
        route sure when safe { use large }
        otherwise { use small fallback medium }
        """,
      messages: [
        "a caller who writes `plan = gold` raises the worst case 76 times, from $0.00336583 to $0.256019"
      ])
  }

  @Test func `the model a caller names`() throws {
    try check(
      CallerRaisesCost.self,
      """
      route by_name when ⟦model != "auto"⟧ { use requested fallback small }
      otherwise { use small }
      """)
  }

  @Test(arguments: [
    "budget each = $0.001 per request",
    "limit a = 10 requests per key per minute\nladder big(max_budget = 0.001) { tier large }",
  ])
  func `a bound keeps it within ten times`(_ bound: String) throws {
    let target = bound.contains("ladder") ? "big" : "large"
    try check(
      CallerRaisesCost.self,
      "facts { hard : bool = false }\n\(bound)\nroute h when hard { use \(target) }\notherwise { use small }"
    )
  }

  @Test func `a window every prompt of the route fills`() throws {
    try check(
      PromptOverWindow.self,
      """
      gate g = not refusal
      ladder l { tier small accept g  tier medium }
      task short when prompt.tokens < 40k
      task big otherwise
      route a when task = big and stream { use ⟦l⟧ }
      route b when prompt.tokens <= 40k { use small }
      otherwise { use medium fallback ⟦small⟧ }
      """,
      messages: [
        "`small` has a window of 32,000 tokens, and prompts here have 40,000 or more",
        "`small` has a window of 32,000 tokens, and prompts here have 40,001 or more",
      ])
  }

  @Test(arguments: [
    "route a when prompt.tokens >= 30k { use small }\notherwise { use medium }",
    "route a when prompt.tokens >= 40k or stream { use small }\notherwise { use medium }",
    // Another tokenizer: 128k may be fewer there.
    "route a when prompt.tokens >= 200k { use medium }\notherwise { use small }",
    "compress c { target context  to 10% with extractive }\nroute a when prompt.tokens >= 40k { compress c  use small }\notherwise { use medium }",
  ])
  func `what may fit is left alone`(_ policy: String) throws {
    try check(PromptOverWindow.self, policy)
  }
}
