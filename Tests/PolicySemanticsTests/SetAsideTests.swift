import PolicyDiagnostics
import PolicySemantics
import Testing

/// A model that the catalog sets aside (`glm-4.5` of the pages) is told by its cure wherever a policy
/// names it.
@Suite struct SetAsideTests {
  @Test(arguments: [
    "route a when stream { use glm-4.5 }",
    "route a when stream { use qwen3-8b fallback glm-4.5 }",
    "route a when stream { use qwen3-8b  shadow 5% use glm-4.5 }",
    "route a when healthy(glm-4.5) { use qwen3-8b }",
    "route a when model = glm-4.5 { use qwen3-8b }",
    "ladder l { tier glm-4.5 }\nroute a when stream { use l }",
    "guard g when stream { only models where model.name = glm-4.5 }",
    """
    gate helpful = judge(glm-4.5, "Does it help?")
    ladder l { tier qwen3-8b accept helpful >= 0.8  tier qwen3-long }
    route a when stream { use l }
    """,
    """
    compress c { target context  to 50% with glm-4.5 }
    route a when stream { compress c  use qwen3-8b }
    """,
  ])
  func `a model set aside is told by its cure`(lines: String) {
    let policy = "rung 1\ncatalog \"catalog.yaml\"\n\(lines)\notherwise { use qwen3-8b }\n"
    let found = check(policy).diagnostics.filter { $0.severity == .error }
    #expect(codes(found) == ["model_set_aside"])
    #expect(found.flatMap(\.notes).contains { $0.message.contains("`confirm: expensive`") })
    #expect(found.allSatisfy { $0.fixIts.isEmpty })
  }

  @Test func `each doubt has words of its own`() {
    let doubts: [SetAsideModel.Doubt] = [
      .zeroPrice(key: "input"), .highPrice(key: "output"), .zeroPrice(key: "input"),
      .noAddress(provider: "azure"),
    ]
    #expect(
      doubts.reason
        == "its `input` is zero, and its `output` is too high to be taken on trust, and its "
        + "provider `azure` has no address")
    #expect(doubts.cures.count == 3)
  }
}
