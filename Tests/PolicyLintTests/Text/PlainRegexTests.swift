import PolicyLint
import Testing

@Suite struct `A regular expression that spells plain text` {
  @Test(arguments: [
    ("invoice", #"contains "invoice""#), ("^Dear ", #"starts with "Dear ""#),
    (#"\AHi"#, #"starts with "Hi""#), ("foo|bar|foo", #"contains ("foo", "bar")"#),
    ("(?:foo|b r)", #"contains ("foo", "b r")"#), (#"\.pdf"#, #"contains ".pdf""#),
    ("^(Dear) Sir.*", #"starts with "Dear Sir""#), (".*foo.*", #"contains "foo""#),
    (#"a\"b\\c"#, #"contains "a\"b\\c""#), (#"\Qa.b\E"#, #"contains "a.b""#),
    (#"\x{e9}t\xe9"#, #"contains "été""#), ("(?i)№ 7", #"contains "№ 7""#),
    (#"a\/b"#, #"contains "a/b""#),
    (#"a\#u{7}"#, #"contains "a\u{7}""#),
    ("invoices?", #"contains "invoice""#), ("a{b", #"contains "a{b""#),
  ])
  func `is written as text`(pattern: String, text: String) throws {
    try check(
      PlainRegex.self, "route a when not question matches ⟦/\(pattern)/⟧ { use small }\n\(rest)",
      fixed: "route a when not question \(text) { use small }\n\(rest)")
  }

  @Test(arguments: [
    "(?i)invoice", "^foo|bar", "(?m)^Dear", "foo$", "fo.", "[ab]", #"\bfoo\b"#, "   ",
    "^.*foo", "foo(bar|baz)", "a+", "foo|", "^", "a{2}", #"\pL"#, "(a|b)c",
  ])
  func `others stay`(pattern: String) throws {
    try check(
      PlainRegex.self, "route a when question matches /\(pattern)/ { use small }\n\(rest)")
  }
}
