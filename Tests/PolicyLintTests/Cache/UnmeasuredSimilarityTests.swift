import PolicyLint
import Testing

@Suite struct `A threshold nobody has measured` {
  @Test func `is noted, and an exact cache is not`() throws {
    try check(
      UnmeasuredSimilarity.self,
      """
      route a when stream {
        cache exact for 1h
        cache similar >= ⟦0.92⟧ by minilm for 1h per user
        use small
      }
      route b when tools = 0 { cache exact for 1h use small }
      \(rest)
      """,
      messages: ["nothing shows how often `minilm` is wrong at this threshold"])
  }
}
