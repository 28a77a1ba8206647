import PolicyDiagnostics
import PolicyLint
import PolicySource
import Testing

@Suite struct `A prompt that is not the one that was accepted` {
  private static let prompt = "Answer briefly. Never promise a date.\n"

  private func pin(of text: String, original: String = "long") -> String {
    """
    {
      "version": 1,
      "original": {"file": "long.md", "fingerprint": "\(StableHash.digest(of: original.utf8).hex)"},
      "accepted": {
        "file": "short.md",
        "fingerprint": "\(StableHash.digest(of: text.utf8).hex)",
        "tokens": 9
      }
    }
    """
  }

  private func policy(_ file: String) -> String {
    """
    route a when turn >= 2 {
      replace system file \(file)
      use medium
    }
    \(rest)
    """
  }

  @Test func `draws nothing while it is`() throws {
    try check(
      UnpinnedPrompt.self, policy("\"short.md\""),
      files: ["short.md": Self.prompt, "short.md.pin.json": pin(of: Self.prompt)])
  }

  @Test func `draws nothing without a pin`() throws {
    try check(UnpinnedPrompt.self, policy("\"short.md\""), files: ["short.md": Self.prompt])
  }

  @Test func `is found after any edit, and where the original stands in its place`() throws {
    for text in [Self.prompt + " ", "long"] {
      try check(
        UnpinnedPrompt.self, policy("⟦\"short.md\"⟧"),
        messages: ["`short.md` is not the text that was accepted"],
        files: ["short.md": text, "short.md.pin.json": pin(of: Self.prompt)])
    }
  }

  @Test(arguments: [
    "", "{}", "not JSON", #"{"accepted": {"fingerprint": "12"}}"#, #"{"accepted": {"#,
    #"{"accepted": {}, "fingerprint": "0123456789abcdef0123456789abcdef"}"#,
  ])
  func `is told of a pin that is none`(_ pin: String) throws {
    try check(
      UnpinnedPrompt.self, policy("⟦\"short.md\"⟧"),
      messages: ["`short.md.pin.json` cannot be read as a pin"],
      files: ["short.md": Self.prompt, "short.md.pin.json": pin])
  }

  @Test func `is found in an arm, and not where the text is added to the caller's`() throws {
    try check(
      UnpinnedPrompt.self,
      """
      route a when turn >= 2 {
        split by user {
          50% as long { use medium }
          50% as terse { replace system file ⟦"short.md"⟧  use medium }
        }
      }
      route b when turn >= 3 { prepend system file "short.md"  use medium }
      \(rest)
      """,
      files: ["short.md": Self.prompt + "!", "short.md.pin.json": pin(of: Self.prompt)])
  }
}
