import PolicyDiagnostics
import PolicySemantics
import Testing

@Suite struct `Names of other routers` {
  @Test(arguments: [
    ("tokens > 5k", "did you mean `prompt.tokens`?"),
    ("message mentions \"invoice\"", "did you mean `question`?"),
    ("metadata.plan = pro", "did you mean `plan`?"),
    ("request.max_tokens > 500", "did you mean `max_tokens`?"),
    ("user_id = \"u1\"", "did you mean `user`?"),
    ("lang = de", "did you mean `language`?"),
    // Near a fact is nearer than nobody's word.
    ("plann = pro", "did you mean `plan`?"),
    (
      "metadata.seats > 3",
      "what callers tell of a request is declared first: `facts { NAME : bool = false }`"
    ),
    (
      "complexity > 3",
      "what callers tell of a request is declared first: `facts { NAME : bool = false }`"
    ),
    ("true", "what is left for every other request is `otherwise { … }`"),
  ])
  func `lead to ours`(condition: String, advice: String) {
    let text = around(
      """
      facts { plan : free | pro = free }
      route plans when plan = pro { use qwen3-8b }
      route chats when \(condition) { use qwen3-8b }
      """)
    let found = check(text).diagnostics.filter { $0.code.rawValue == "unknown_name" }
    #expect(found.count == 1)
    #expect(found.flatMap { $0.notes.map(\.message) + $0.fixIts.map(\.message) } == [advice])
  }

  @Test func `are names like any other where a policy declares them`() {
    let text = around(
      """
      facts { tokens : count = 0  message : text = "" }
      route chats when tokens > 3 and message mentions "invoice" { use qwen3-8b }
      """)
    #expect(!check(text).diagnostics.contains { $0.code.rawValue == "unknown_name" })
  }
}
