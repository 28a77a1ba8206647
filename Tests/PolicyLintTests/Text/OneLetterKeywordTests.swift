import PolicyLint
import Testing

@Suite struct `A keyword of one letter` {
  @Test(arguments: [
    #"question mentions ("regression", ⟦"r"⟧)"#, #"question mentions ⟦"C"⟧"#,
    #"prompt contains (⟦"e"⟧, "abc")"#, #"prompt mentions ⟦"é"⟧"#, #"prompt mentions ⟦" я "⟧"#,
  ])
  func `is found`(condition: String) throws {
    try check(OneLetterKeyword.self, "route a when \(condition) { use small }\n\(rest)")
  }

  @Test(arguments: [
    #"question mentions ("R&D", "c++", "ok")"#, #"question mentions "税""#,
    #"question mentions "값""#,
    #"prompt contains ("ñ", "?", "€", "7", " a ", "ab")"#, #"prompt mentions ("7", "№")"#,
    #"prompt starts with "a""#,
  ])
  func `signs, digits and words of one character are none`(condition: String) throws {
    try check(OneLetterKeyword.self, "route a when \(condition) { use small }\n\(rest)")
  }
}
