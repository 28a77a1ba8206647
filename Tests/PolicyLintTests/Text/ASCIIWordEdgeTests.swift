import PolicyLint
import Testing

@Suite struct `An ASCII edge beside another letter` {
  @Test func `words between edges become a list of mentions`() throws {
    try check(
      ASCIIWordEdge.self,
      #"route a when question matches /(?i)⟦\b⟧(übung|kurs|café)⟦\b⟧/ { use small }"# + "\n" + rest,
      fixed: #"route a when question mentions ("übung", "kurs", "café") { use small }"# + "\n"
        + rest,
      messages: [
        "`\\b` does not see the edge of a word beside `ü`: it knows ASCII only",
        "`\\b` does not see the edge of a word beside `é`: it knows ASCII only",
      ])
  }

  @Test func `a word character becomes one of any script`() throws {
    try check(
      ASCIIWordEdge.self,
      #"route a when question matches /gr⟦\w⟧+ßen/ { use small }"# + "\n" + rest,
      fixed: #"route a when question matches /gr[\pL\pM\pN_]+ßen/ { use small }"# + "\n" + rest)
  }

  @Test(arguments: [
    #"/⟦\b⟧ü/"#, #"/ü?a*⟦\b⟧/"#, #"/\/⟦\b⟧[a-zäöü]+x\b/"#, #"/(a|x⟦\B⟧)(b|é)/"#, #"/⟦\b⟧\x{fc}/"#,
    #"/⟦\b⟧天気/"#, #"/\\⟦\b⟧ü/"#,
  ])
  func `it is found wherever it stands`(pattern: String) throws {
    try check(
      ASCIIWordEdge.self, "route a when question matches \(pattern) { use small }\n\(rest)")
  }

  @Test(arguments: [
    #"/\bubung\b/"#, #"/\bgrün\b/"#, #"/€\b5/"#, #"/ü \bx/"#, #"/(^|\W)über/"#, #"/[\wäöü]+/"#,
    #"/\\bü/"#, #"/[^ü]\b/"#, #"/\b(?:a|b)ü/"#,
  ])
  func `others draw nothing`(pattern: String) throws {
    try check(
      ASCIIWordEdge.self, "route a when question matches \(pattern) { use small }\n\(rest)")
  }
}
