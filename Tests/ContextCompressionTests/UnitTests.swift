import Testing

@testable import ContextCompression

@Suite struct `Units` {
  /// The units of a text, by the first letters of their kinds.
  private func kinds(_ text: String) -> [String] {
    UnitReader.units(of: Array(text.utf8)).map { unit in
      switch unit.kind {
      case .sentence: "sentence"
      case .item: "item"
      case .table: "table"
      case .heading: "heading"
      case .lead: "lead"
      case .protected(let reason): reason.rawValue
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let kinds: [String]
    var testDescription: String { text.replacing("\n", with: "⏎") }
    init(_ text: String, _ kinds: String...) {
      self.text = text
      self.kinds = kinds
    }
  }

  static let cases = [
    Case(
      "One. Two.\n\n```swift\nlet a = 1\n\nlet b = 2\n```\nThree.", "sentence", "sentence", "code",
      "sentence"),
    Case("~~~~\n~~~\nx\n~~~~\nAfter.", "code", "sentence"),
    Case("A.\n\n<!-- One.\n\nTwo. Three. -->\n\nAfter it.", "sentence", "markup", "sentence"),
    Case(
      "A.\n\n~~One is so.\n\nTwo is so.\n\nThree is.~~\n\nAfter it.", "sentence", "markup",
      "sentence"),
    Case(
      "A.\n\n<del>\n\n# One\n\nTwo is so.\n\n</del>\n\nAfter it.", "sentence", "markup", "sentence"),
    Case(
      "It is ~~ten~~ twelve. Two is so.\n\nAbout ~~ five.\n\nThree is so.", "sentence", "sentence",
      "sentence",
      "sentence"),
    Case("```\n<!-- a\n```\n\nOne is so.\n\n```\n-->\n```", "code", "sentence", "code"),
    Case("```\nnever closed\n\nTwo. Three.", "code"),
    Case("Text.\n\n    indented()\n    more()\n\nText.", "sentence", "code", "sentence"),
    Case("Use `rm -rf` here. Be careful.", "code", "sentence"),
    Case("It sends {\"a\": 1} back. Fine.", "json", "sentence"),
    Case(
      "Before.\n\n{\n  \"a\": [1, 2],\n  \"b\": {}\n}\n\nAfter.", "sentence", "json", "sentence"),
    Case("[\n 1,\n 2\n]\nText.", "json", "sentence"),
    Case("[1] A footnote. [2] Another.", "sentence", "sentence"),
    Case("{\"cut\": [1, 2\n\nText.", "json", "sentence"),
    Case(
      "diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n\nText.", "diff",
      "sentence"),
    Case("--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y", "diff"),
    Case("| a | b |\n|---|---|\n| 1 | 2 |\n\nText.", "table", "sentence"),
    Case("a\tb\n1\t2\n3\t4\n\nText.", "table", "sentence"),
    Case("id,name,price\n1,box,3.50\n2,bag,4.50\n", "table"),
    Case("name    price\nbox     3.50\n", "table"),
    Case(
      "# Fees\n\nIt costs 3 euros.\n\n## Late\n\nMore.", "heading", "sentence", "heading",
      "sentence"),
    Case("Fees\n====\nIt costs.", "heading", "sentence"),
    Case("Opening hours\n\nNine to five, always.", "heading", "sentence"),
    Case(
      "You need:\n\n- a card\n- a code\n  on paper\n\nThen go.", "lead", "item", "item", "sentence"),
    Case("1. First.\n2. Second. Third.\n", "item", "item"),
    Case("Q: How much?\nA: Nothing.\n\nText.", "example", "sentence"),
    Case("great -> positive\nbad -> negative\n\nText.", "example", "sentence"),
    Case("Input: x\nOutput: y", "example"),
    Case(
      "## Examples\n\nGood morning. Good night.\n\n## Rest\n\nText.", "heading", "example",
      "heading", "sentence"),
    Case("<ul><li>One. Two.</li></ul>", "markup"),
    Case("if (a) {\n  b();\n}", "code"),
    Case("Fees: free.\nHours: nine to five.", "sentence", "sentence"),
    Case(
      "This line of prose is long enough to be wrapped by an editor that\nwraps lines at seventy. Next.",
      "sentence", "sentence"),
    Case("", ""),
    Case(" \n\n ", ""),
  ]

  @Test(arguments: cases)
  func `are blocks, items and sentences`(it: Case) {
    #expect(kinds(it.text) == it.kinds.filter { !$0.isEmpty })
  }

  @Test(arguments: cases)
  func `cover their text`(it: Case) {
    let bytes = Array(it.text.utf8)
    let units = UnitReader.units(of: bytes)
    guard !units.isEmpty else { return }
    #expect(units.first?.range.lowerBound == 0)
    #expect(units.last?.range.upperBound == bytes.count)
    for (a, b) in zip(units, units.dropFirst()) {
      #expect(a.range.upperBound == b.range.lowerBound)
    }
    for (place, unit) in units.enumerated() { if let owner = unit.owner { #expect(owner < place) } }
  }
}
