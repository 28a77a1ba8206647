import Testing

@testable import ContextCompression

@Suite struct `Writing shorter without loss` {
  private func written(_ text: String) -> String {
    let made = ContextCompressor(.lossless).compress(ContextText.asked("And?", of: text))
    if case .checkFailed(let problem) = made.outcome { Issue.record("\(problem)") }
    return made.messages[1].texts[0].text
  }

  @Test(arguments: [
    ("a  b   c", "a b c"),
    ("a b  \n\n\n\n  c\n\n", "a b\n\n  c"),
    ("\n\na. \r\nb", "a.\nb"),
    ("- a   b\n    - c", "- a b\n    - c"),
    ("x  y\n```\n a  b \n\n\n c\n```\nz  z", "x y\n```\n a  b \n\n\n c\n```\nz z"),
    ("use `a  b` and  c.\n\nd  e", "use `a  b` and  c.\n\nd e"),
    ("| a  |  b |\n|---|---|\n| 1  | 2  |\nd  e", "| a  |  b |\n|---|---|\n| 1  | 2  |\nd e"),
    ("    code  here\n\nd  e", "    code  here\n\nd e"),
    (
      "{\n  \"a b\" : [ 1.50, -0e+1 , \"x  \\\" y\" ],\n \"a b\" : null\n}\n\nd",
      "{\"a b\":[1.50,-0e+1,\"x  \\\" y\"],\"a b\":null}\n\nd"
    ),
    ("```json\n{ \"a\": 1 }\n```\nd  e", "```json\n{ \"a\": 1 }\n```\nd e"),
    ("a\u{A0}\u{A0}b  c", "a\u{A0}\u{A0}b c"),
    ("５  ０ 円。  次", "５ ０ 円。 次"),
  ])
  func `white space and JSON`(text: String, wanted: String) {
    #expect(written(text) == wanted)
  }

  @Test(arguments: [
    (
      "<html><head><title>T</title><style>p{a:b}</style></head><body><h1>Fees</h1>\n<p>It costs <b>1.50</b>&nbsp;&euro; a day &amp; more.</p><ul><li>one</li><li>two</li></ul></body></html>",
      "Fees\nIt costs 1.50\u{A0}€ a day & more.\none\ntwo"
    ),
    (
      "<p>See <a class='x' href=\"https://a.example/?b=1&amp;c=2\">the list</a>.</p>",
      "See the list (https://a.example/?b=1&c=2)."
    ),
    ("<table><tr><td>12</td><td>3</td></tr><tr><td>4</td></tr></table>", "12\t3\n4"),
    ("<div>12<b>34</b><!-- no --></div>", "1234"),
    ("<p>a<script>if (a < b) { x(\"</p>\") }</script>b</p>", "ab"),
    ("<p>I &lt;3 you</p>", "I <3 you"),
  ])
  func `pages become text`(page: String, wanted: String) {
    #expect(written(page) == wanted)
  }

  @Test(arguments: [
    "<p>10<sup>3</sup> metres, that is</p>", "<p>not <del>5</del> 6</p>",
    "<pre>a  b</pre><p>c</p>", "<p>x <code>a  b</code></p>", "<note><to>Ana</to></note>",
    "<p>&unknown; thing</p>", "<p>never closed <b", "<!-- never closed",
    "<ol start=3><q>x</q></ol>",
    "<script>a", "<List<String>> is a type", "<p>Run</p>\n~~~\na  b\n~~~", "<p>Run `a  b`</p>",
  ])
  func `pages that would say something else stay`(page: String) {
    #expect(written(page) == page)
  }

  @Test func `a paragraph that stands there twice goes once`() {
    let chunk =
      "Keeping a parcel longer costs 1.50 a day, at most 14 days more. The desk takes cards."
    let messages = ContextText.asked(
      "And?", of: "\(chunk)\n\nWords.\n\n\(chunk)", "First.\n\n\(chunk)\n\nLast.")
    let made = ContextCompressor(.lossless).compress(messages)
    #expect(made.outcome == .compressed)
    #expect(made.messages[1].texts[0].text.contains(chunk))
    #expect(made.messages[1].texts[0].text.components(of: chunk) == 1)
    #expect(!made.messages[1].texts[1].text.contains("costs"))
    let dropped = made.messages[1].texts[1].spans.filter {
      if case .dropped(.duplicate(let place)) = $0.fate {
        place.message == 1 && place.text == 0
      } else {
        false
      }
    }
    #expect(dropped.count == 2)
  }

  @Test(arguments: [
    "Keeping a parcel longer costs 1.60 a day, at most 14 days more. The desk takes cards.",
    "Keeping a parcel longer costs 1.50 a day, at most 14 days more. The desk takes no cards.",
    "Keeping a parcel longer costs 1.50 a day, at most 15 days more. The desk takes cards.",
  ])
  func `one that differs in a number or a negation is no duplicate`(other: String) {
    let chunk =
      "Keeping a parcel longer costs 1.50 a day, at most 14 days more. The desk takes cards."
    #expect(written("\(chunk)\n\n\(other)") == "\(chunk)\n\n\(other)")
  }

  @Test func `repeated code and short lines stay`() {
    let code = "```\nlet a = 1; let b = 2; let c = 3; let d = 4; let e = 5; let f = 6\n```"
    let text = "\(code)\n\nRetry.\n\n\(code)\n\nRetry."
    #expect(written(text) == text)
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
