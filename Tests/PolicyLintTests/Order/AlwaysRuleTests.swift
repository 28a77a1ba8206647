import PolicyLint
import Testing

@Suite struct `Always rules` {
  @Test func `a broken promise is shown at the line that breaks`() throws {
    try check(
      AlwaysRefuted.self,
      """
      route long when prompt.tokens >= 16k { use large }
      always "streams stay cheap" when stream { ⟦first = medium⟧ }
      otherwise { use medium }
      """,
      messages: ["a request breaks `first = medium`"])
  }

  @Test func `a kept promise draws nothing`() throws {
    let kept = """
      route long when prompt.tokens >= 16k and not stream { use large }
      always "streams stay cheap" when stream { first = medium }
      otherwise { use medium }
      """
    try check(AlwaysRefuted.self, kept)
    try check(AlwaysNotDecidedRule.self, kept)
  }
}
