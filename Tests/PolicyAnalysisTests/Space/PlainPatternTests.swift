import Testing

@testable import PolicyAnalysis

@Suite struct `Patterns that are plain text` {
  @Test(arguments: [
    ("refund", ["refund"]), ("foo|bar", ["foo", "bar"]), ("(foo|bar)", ["foo", "bar"]),
    ("(?:foo|b-r)", ["foo", "b-r"]), (#"a\.b|c\|d"#, ["a.b", "c|d"]), ("(refund)", ["refund"]),
  ])
  func `are read as lists of texts`(pattern: String, texts: [String]) {
    #expect(PlainPattern(pattern) == .containing(texts))
  }

  @Test func `may be anchored at the start`() {
    #expect(PlainPattern("^Dear ") == .starting("Dear "))
    #expect(PlainPattern(#"\ADear"#) == .starting("Dear"))
  }

  @Test(arguments: [
    "", "foo|", "|foo", "foo||bar", "^foo|bar", "foo|^bar", "(foo)(bar)", "(foo|bar", "foo)|bar",
    "(foo|bar)+", "(?i)foo|bar", "(?i:foo)", "(foo)|(bar)", #"(foo\)"#, #"foo|\d"#, "(", "()",
    "(?:", "(?:)", "a.c", "foo$",
  ])
  func `are not what has operators`(pattern: String) {
    #expect(PlainPattern(pattern) == nil)
  }
}
