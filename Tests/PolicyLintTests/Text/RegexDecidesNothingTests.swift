import PolicyLint
import Testing

@Suite struct `A regular expression that decides nothing` {
  @Test(arguments: [
    "(refund)?", "a*", "(?i)refund|", "^", "$", ".*$", "^.*", "(a|b*)(c?)", "x{0,3}", "(?m)^",
    #"\z"#,
    "(?:a?){3}",
  ])
  func `matches every text`(pattern: String) throws {
    try check(
      RegexDecidesNothing.self,
      "route a when question matches ⟦/\(pattern)/⟧ { use small }\n\(rest)",
      messages: ["every text matches this pattern"])
  }

  @Test(arguments: ["a^b", "$a", "(refund|pay)$.+", #"x\A"#, #"(a^|$b)c"#, "(a^){2}", #"\z\/"#])
  func `matches none`(pattern: String) throws {
    try check(
      RegexDecidesNothing.self,
      "route a when question matches ⟦/\(pattern)/⟧ { use small }\n\(rest)",
      messages: ["no text matches this pattern"])
  }

  @Test(arguments: [
    "refund", "^$", "^ *$", #"\b"#, #"\B"#, ".", ".+", "(?m)a$\\nb", "(?m)a^", "a*b", "(a^)?b",
    "a|^b$",
    #"\^a"#, "[$]a", #"\C"#,
  ])
  func `others draw nothing`(pattern: String) throws {
    try check(
      RegexDecidesNothing.self,
      "route a when question matches /\(pattern)/ { use small }\n\(rest)")
  }
}
