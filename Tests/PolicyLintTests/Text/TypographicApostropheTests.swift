import PolicyDiagnostics
import Testing

@testable import PolicyLint

@Suite struct `A typographic apostrophe` {
  @Test(arguments: [
    "question mentions ⟦\"don’t\"⟧", "question contains (\"a\", ⟦\"l’heure\"⟧)",
    "question mentions (⟦\"don’t\"⟧, \"can't\")", "not (prompt mentions ⟦\"customers’ data\"⟧)",
  ])
  func `is found where what people type is not`(condition: String) throws {
    try check(TypographicApostrophe.self, "route a when \(condition) { use small }\n\(rest)")
  }

  @Test(arguments: [
    "question mentions (\"don’t\", \"don't\")", "question mentions \"don't\"",
    "question contains \"’\"", "question contains \"‘a ’\"", "user = \"o’neill\"",
  ])
  func `is none beside it or where no word has it`(condition: String) throws {
    try check(TypographicApostrophe.self, "route a when \(condition) { use small }\n\(rest)")
  }

  @Test func `has what people type put beside it`() throws {
    let linted = try LintedPolicy(
      withHead(
        "route a when question mentions \"don’t\" or prompt mentions (\"l’heure\") { use small }\n\(rest)"
      ),
      rules: [TypographicApostrophe.self])
    let found = linted.diagnostics
    #expect(
      found.map { $0.fixIts.map(\.message) } == [
        ["put `\"don't\"` beside it"], ["put `\"l'heure\"` beside it"],
      ])
    #expect(
      found.map { $0.fixIts.flatMap { $0.edits.map(\.replacement) } }
        == [["(", ", \"don't\")"], [", \"l'heure\""]])
  }
}
