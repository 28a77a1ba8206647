import PolicyDiagnostics
import Testing

@testable import PolicyLint

@Suite struct `What tiers cost and give` {
  @Test func `a dear tier before a cheap one cannot save`() throws {
    try check(
      LadderCannotSave.self,
      """
      gate g = not refusal
      ladder l { tier ⟦medium⟧ accept g  tier small }
      otherwise { use l }
      """,
      messages: [
        "`medium`, of whose answers 90% pass, costs as much as it spares, whatever the prompt"
      ])
  }

  @Test func `the figures are exact`() throws {
    let found = try LintedPolicy(
      """
      rung 1
      catalog "catalog.yaml"
      gate g = not refusal
      ladder l { tier medium accept g  tier small }
      otherwise { use l }
      """, rules: [LadderCannotSave.self]
    ).diagnostics
    #expect(
      found.flatMap { $0.notes.map(\.message) } == [
        "with 1,000 tokens in and 300 out: $0.00022 for the call and its gate, "
          + "$0.000016 at most from `small` on",
        "no acceptance makes it pay",
      ])
  }

  @Test(arguments: [
    // Cheap enough at any size, or at some size.
    "ladder l { tier small accept g  tier medium }",
    // Nobody knows how much a model that thinks first writes.
    "ladder l { tier medium accept g  tier large }",
    "ladder l { tier medium effort low accept g  tier medium effort high }",
    // No gate: it accepts everything and the rest is there for failures.
    "ladder l { tier medium  tier small }",
  ])
  func `a ladder that may save is left alone`(_ ladder: String) throws {
    try check(LadderCannotSave.self, "gate g = not refusal\n\(ladder)\notherwise { use l }")
  }

  @Test func `unmeasured models are held to the best acceptance there is`() throws {
    let catalog = sampleCatalog.replacing("acceptance: {share: 90%, source: measured}", with: "")
    try check(
      LadderCannotSave.self,
      "gate g = not refusal\nladder l { tier ⟦medium⟧ accept g  tier small }\notherwise { use l }",
      messages: ["`medium` costs as much as it spares, whatever the prompt"],
      files: ["catalog.yaml": catalog])
  }

  @Test func `unknown and zero prices end in silence`() throws {
    let policy =
      "gate g = not refusal\nladder l { tier medium accept g  tier small }\notherwise { use l }"
    for prices in ["prices: {input: 0.01}", "prices: {input: 0, output: 0, confirm: free}"] {
      let catalog = sampleCatalog.replacing("prices: {input: 0.01, output: 0.02}", with: prices)
      try check(LadderCannotSave.self, policy, files: ["catalog.yaml": catalog])
    }
  }

  @Test func `a judge dearer than the next answer is found`() throws {
    try check(
      JudgeDearerThanNext.self,
      """
      gate short = length >= 20 chars
      gate good = judge(large, "Good?")
      ladder l { tier small accept short and ⟦good >= 0.8⟧  tier medium  }
      otherwise { use l }
      """, messages: ["asking `large` costs more than an answer of `medium`"])
  }

  @Test func `a judge that is asked twice is counted twice`() throws {
    let twice = "judge(medium, \"Good?\") >= 0.8 and judge(medium, \"Sure?\") >= 0.8"
    try check(
      JudgeDearerThanNext.self,
      "gate good = \(twice)\nladder l { tier small accept ⟦good⟧  tier medium }\notherwise { use l }",
      messages: ["asking `medium` costs more than an answer of `medium`"],
      files: Self.opinion("{input: 1, output: 4}", "{input: 0.10, output: 0.20}"))
  }

  @Test(arguments: ["judge(medium, \"Good?\")", "judge(small, \"Good?\")"])
  func `a cheap judge is left alone`(_ judge: String) throws {
    try check(
      JudgeDearerThanNext.self,
      "gate good = \(judge)\nladder l { tier small accept good >= 0.8  tier medium  }\notherwise { use l }"
    )
  }

  /// What `large` costs decides whether it is worth asking for a second opinion.
  private static func opinion(_ prices: String, _ next: String = "{input: 0.10, output: 0.40}")
    -> [String: String]
  {
    [
      "catalog.yaml": sampleCatalog.replacing("{input: 1.00, output: 4.00}", with: prices)
        .replacing("{input: 0.10, output: 0.40}", with: next)
    ]
  }

  private static let opinions =
    "ladder l { tier small accept %  tier medium }\notherwise { use l }\ngate good = agrees(large)"

  @Test func `a second opinion is sent the prompt and is as long as an answer`() throws {
    try check(
      JudgeDearerThanNext.self, Self.opinions.replacing("%", with: "⟦good >= 0.8⟧"),
      messages: ["asking `large` costs more than an answer of `medium`"],
      files: Self.opinion("{input: 0.10, output: 0.50}"))
    let cheaper = Self.opinions.replacing("%", with: "good >= 0.8")
    // It is not sent the answer it is held against.
    try check(
      JudgeDearerThanNext.self, cheaper,
      files: Self.opinion("{input: 0.10, output: 0.01}", "{input: 0.10, output: 0.02}"))
  }

  @Test(arguments: [
    // 512 bytes around 5 of its own, and the answer: 429 tokens, and one that it writes.
    ("judge(small, \"Good?\") >= 0.8", "", "$0.00022431"),
    // The answer alone, as one vector.
    ("similar(\"gold.jsonl\") >= 0.8", ", prices: {input: 1}", "$0.00052"),
  ])
  func `what gates call is counted as plans count it`(
    gate: String, embedder: String, spent: String
  ) throws {
    let found = try LintedPolicy(
      """
      rung 1
      catalog "catalog.yaml"
      gate good = \(gate)
      ladder l { tier medium accept good  tier small }
      otherwise { use l }
      """, rules: [LadderCannotSave.self],
      files: [
        "catalog.yaml": sampleCatalog.replacing(
          "dimensions: 384}", with: "dimensions: 384\(embedder)}"),
        "gold.jsonl": #"{"text": "yes"}"#,
      ]
    ).diagnostics
    #expect(
      found.flatMap { $0.notes.map(\.message) }.first
        == "with 1,000 tokens in and 300 out: \(spent) for the call and its gate, "
        + "$0.000016 at most from `small` on")
  }

  @Test func `a vector of unknown price ends in silence`() throws {
    try check(
      LadderCannotSave.self,
      """
      gate good = similar("gold.jsonl")
      ladder l { tier medium accept good >= 0.8  tier small }
      otherwise { use l }
      """, files: ["gold.jsonl": #"{"text": "yes"}"#])
  }

  @Test func `one finding is enough for a judge that eats the saving`() throws {
    let policy = """
      rung 1
      catalog "catalog.yaml"
      gate good = judge(large, "Good?")
      ladder l { tier small accept good >= 0.8  tier medium  }
      otherwise { use l }
      """
    let found = try LintedPolicy(policy, rules: [LadderCannotSave.self, JudgeDearerThanNext.self])
    #expect(found.diagnostics.map(\.code.rawValue) == ["judge_dearer_than_next"])
  }

  @Test func `judges of their own family`() throws {
    try check(
      JudgeOfOwnFamily.self,
      """
      gate own = judge(small, "Good?")
      gate other = judge(large, "Good?")
      gate both = other >= 0.8 and own >= 0.7
      ladder l {
        tier small  accept ⟦own >= 0.8⟧ and other >= 0.6
        tier medium accept both
        tier large  accept ⟦both⟧
        on exhausted return last
      }
      otherwise { use l }
      """,
      messages: ["`small` judges its own answers", "`large` judges its own answers"])
    try check(
      JudgeOfOwnFamily.self,
      """
      gate other = judge(large, "Good?")
      ladder l { tier small accept ⟦other >= 0.6⟧  tier medium accept other >= 0.6  on exhausted fail }
      otherwise { use l }
      """,
      messages: ["`large` judges `small` of its own family"],
      files: ["catalog.yaml": sampleCatalog.replacing("tokenizer: openai", with: "tokenizer: qwen")]
    )
  }

  @Test func `dearer and measured no better`() throws {
    let policy = """
      gate g = not refusal
      ladder l { tier small accept g  tier % }
      otherwise { use l }
      """
    func catalog(_ small: String, _ medium: String) -> [String: String] {
      let parts = sampleCatalog.replacing(
        "    window: 32k", with: "    window: 128k\n    quality: \(small)")
      return [
        "catalog.yaml": parts.replacing(
          "    tokenizer: deepseek", with: "    tokenizer: deepseek\n    quality: \(medium)")
      ]
    }
    try check(
      DearerNotBetter.self, policy.replacing("%", with: "⟦medium⟧"),
      messages: ["`medium` costs more than `small` and is measured no better"],
      files: catalog("0.8", "0.8"))
    try check(
      DearerNotBetter.self, policy.replacing("%", with: "medium"), files: catalog("0.8", "0.81"))
    // The larger one can do more.
    try check(
      DearerNotBetter.self, policy.replacing("%", with: "large"), files: catalog("0.8", "0.7"))
  }

  @Test func `what a guard leaves is no worse choice`() throws {
    let catalog =
      sampleCatalog
      .replacing("    window: 32k", with: "    window: 128k\n    quality: 0.9")
      .replacing("    tokenizer: deepseek", with: "    tokenizer: deepseek\n    quality: 0.8")
      .replacing(
        "  medium:\n    provider: near\n    region: eu",
        with: "  medium:\n    provider: far\n    region: us")
    try check(
      DearerNotBetter.self,
      """
      gate g = not refusal
      guard home when prompt has secret { only models where model.region = us }
      ladder l { tier small accept g  tier medium }
      otherwise { use l }
      """, files: ["catalog.yaml": catalog])
  }

  @Test func `windows and steps of any size are counted without overflow`() throws {
    let catalog = sampleCatalog.replacing("window: 128k", with: "window: 999999999999")
      .replacing(
        "prices: {input: 0.01, output: 0.02}",
        with:
          "prices: {input: 0.01, output: 0.02, long_context: [{above: 999999999998, input: 1, output: 1, applies_to: rest}]}"
      )
    try check(
      LadderCannotSave.self,
      """
      gate good = not refusal
      ladder l { tier ⟦medium⟧ accept good  tier small }
      otherwise { use l }
      """, files: ["catalog.yaml": catalog])
  }
}
