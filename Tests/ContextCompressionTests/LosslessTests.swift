import Testing

@testable import ContextCompression

@Suite struct `Writing shorter without loss` {
  private func written(_ text: String) -> String {
    let made = ContextCompressor(.lossless).compress(ContextText.asked("And?", of: text))
    if case .checkFailed(let problem) = made.outcome { Issue.record("\(problem)") }
    return made.messages[1].texts[0].text
  }

  /// A line that reads as a sentence, with gaps, and how it is written.
  private static let wide = "The desk  in Leeds is   open on Sundays.  It takes cards."
  private static let narrow = "The desk in Leeds is open on Sundays. It takes cards."

  @Test(arguments: [
    ("\(wide)", "\(narrow)"),
    ("\(wide)  \n\n\n\n\(wide)\n\n", "\(narrow)\n\n\(narrow)"),
    ("\n\n\(wide) \r\n\(narrow)", "\(narrow)\n\(narrow)"),
    ("- \(wide)\n  - \(narrow)", "- \(narrow)\n  - \(narrow)"),
    (
      "\(wide)\n```\n a  b \n\n\n c\n```\n\(wide)", "\(narrow)\n```\n a  b \n\n\n c\n```\n\(narrow)"
    ),
    ("use `a  b` and  c.\n\n\(wide)", "use `a  b` and  c.\n\n\(narrow)"),
    (
      "| a  |  b |\n|---|---|\n| 1  | 2  |\n\(wide)",
      "| a  |  b |\n|---|---|\n| 1  | 2  |\n\(narrow)"
    ),
    ("    code  here\n\n\(wide)", "    code  here\n\n\(narrow)"),
    (
      "{\n  \"a b\" : [ 1.50, -0e+1 , \"x  \\\" y\" ],\n \"a b\" : null\n}\n\nd",
      "{\"a b\":[1.50,-0e+1,\"x  \\\" y\"],\"a b\":null}\n\nd"
    ),
    ("```json\n{ \"a\": 1 }\n```\n\(wide)", "```json\n{ \"a\": 1 }\n```\n\(narrow)"),
    (
      "Das Paket wiegt  höchstens 25 kg und bleibt  im Fach.",
      "Das Paket wiegt höchstens 25 kg und bleibt im Fach."
    ),
  ])
  func `white space and JSON`(text: String, wanted: String) {
    #expect(written(text) == wanted)
  }

  /// What white space says something in: between two lines of prose that lose theirs.
  @Test(arguments: [
    "print('a   b')", "x = \"a   b\"", "grep \"ERROR   disk\" log.txt", "password: \"a   b\"",
    "Call 0800   123   456 now, and wait for an answer.",
    "It costs 1  000 EUR in all of the shops.",
    "Name: ____    Date: ____", "root\n|-- a\n|   `-- b\n`-- c", "root\n├── a\n│   └── b\n└── c",
    "ERROR    disk     full", "Home  3 : 1  Away", "e4   e5\nNf3  Nc6", "C    G   Am   F",
    "key: |\n  a   b\n\n\n  c", "w a i t   f o r   i t", "a & b  \\\\\nc & d",
    "He said “a   b” to all of us that night.", "Er sagte „a   b“ zu uns allen an dem Abend.",
    "Il a dit ‹a   b› à nous tous ce soir-là.", "The string 'a   b' has three spaces in it all.",
    "How many spaces are in \"a   b\", do you know it?", "{a: 'b   c'}", "$ ls   -l",
    "He wrote “this is the  first line of it all.\nThis is the  second line of it all.”",
    "line one\t of the text with a tab in the middle.", "Roses are red,\n\n\n\nviolets are blue",
    "-----BEGIN X-----\nAAA  BBB\n-----END X-----", "say   \t  this",
    "Key:    value   with   spaces",
  ])
  func `what is not plainly prose keeps its white space`(text: String) {
    #expect(
      written("\(Self.wide)\n\n\(text)\n\n\(Self.wide)")
        == "\(Self.narrow)\n\n\(text)\n\n\(Self.narrow)")
  }

  @Test(arguments: [
    (
      "<html><head><title>T</title><style>p{a:b}</style></head><body><h1>Fees</h1>\n<p>It costs <b>1.50</b>&nbsp;&euro; a day &amp; more.</p><ul><li>one</li><li>two</li></ul></body></html>",
      "T\n# Fees\nIt costs 1.50\u{A0}€ a day & more.\n- one\n- two"
    ),
    (
      "<p>See <a class='x' href=\"https://a.example/?b=1&amp;c=2\">the list</a>.</p>",
      "See the list (https://a.example/?b=1&c=2)."
    ),
    ("<table><tr><td>12</td><td>3</td></tr><tr><td>4</td></tr></table>", "12\t3\n4"),
    ("<div>12<b>34</b><!-- no --></div>", "1234"),
    ("<p>a<script>if (a < b) { x(\"</p>\") }</script>b</p>", "ab"),
    ("<p>I &lt;3 you</p>", "I <3 you"),
    ("<p><a href='/help'>Help</a> or <a href='#top'>up</a></p>", "Help (/help) or up"),
    (
      "<h2>Not allowed</h2><ul><li>dogs</li></ul><h2>Allowed</h2><p>cats</p>",
      "## Not allowed\n- dogs\n## Allowed\ncats"
    ),
  ])
  func `pages become text`(page: String, wanted: String) {
    #expect(written(page) == wanted)
  }

  @Test(arguments: [
    "<p>10<sup>3</sup> metres, that is</p>", "<p>not <del>5</del> 6</p>",
    "<pre>a  b</pre><p>c</p>", "<p>x <code>a  b</code></p>", "<note><to>Ana</to></note>",
    "<table><tr><td>1</td><td></td><td>2</td></tr></table>",
    "<table><tr><td>1</td><td> &nbsp;</td><td><!-- x --></td></tr></table>",
    "<table><tr><td>1<td>2</table>", "<table><tr><td rowspan=2>a</td><td>1</td></tr></table>",
    "<table><tr><td colspan='2'>a</td></tr></table>",
    "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
    "<ul><li>Not allowed<ul><li>dogs</li></ul></li><li>cats</li></ul>",
    "<ol><li>one</li><li>two, as step 1 says</li></ol>", "<ol start=3><li>three</li></ol>",
    "<dl><dt>a</dt><dd>1</dd></dl>", "<p hidden>gone 5</p>", "<p style='display:none'>gone 6</p>",
    "<p style=\"text-decoration: line-through\">5</p>", "<p aria-hidden=true>gone</p>",
    "<style>.n::before{content:\"not \"}</style><p>May <span class=n>enter</span></p>",
    "<style>.old{display:none}</style><p class=old>Pay 5 euros</p>",
    "<p title=\"not valid\">Price 5</p>", "<span aria-label=\"not available\">x</span>",
    "<p><abbr title='World'>WHO</abbr></p>", "<time datetime='2026-05-03'>tomorrow</time>",
    "<script type=\"application/ld+json\">{\"price\": 5}</script><p>x</p>",
    "<meta name=description content='void'><p>x</p>", "<noscript>Turn it on</noscript><p>x</p>",
    "<template>a</template><p>b</p>", "<p dir=rtl>abc</p>", "<blockquote>a</blockquote><p>b</p>",
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

  private static let rule =
    "The fee for a parcel up to 25 kg is 5 EUR, and it is paid at the desk before it is handed over."

  @Test(arguments: [
    ("# Oslo", "# Bergen"), ("**Oslo**", "**Bergen**"), ("Oslo:", "Bergen:"),
    ("In Oslo", "In Bergen"), ("Q: Is it so?", "Q: And abroad?"), ("[1]", "[2]"),
    ("Is it so in Oslo?", "Is it so in Bergen?"), ("1. Oslo", "2. Bergen"),
    ("Oslo\n====", "Bergen\n===="), ("**Oslo**\n\n## Fees", "**Bergen**\n\n## Fees"),
    ("**Oslo**\n\nA town.\n\n## Fees", "**Bergen**\n\nA town too.\n\n## Fees"),
    ("# Oslo\n\n## Fees", "# Bergen\n\n## Fees"),
  ])
  func `what stands below two headings is said of two things`(one: String, other: String) {
    let text =
      "\(one)\n\n\(Self.rule)\n\n\(other)\n\n\(Self.rule)\n\n# Rome\n\nA fee is due in Rome."
    #expect(written(text) == text)
  }

  @Test func `a chapter that stands there twice goes with its heading`() {
    let chapter = "# Fees\n\n\(Self.rule)\n\nThe desk takes cards."
    let text =
      "\(chapter)\n\n# Rome\n\nA fee is due in Rome.\n\n\(chapter)\n\n# Bonn\n\nA fee is due in Bonn."
    let left = written(text)
    #expect(left.components(of: Self.rule) == 1)
    #expect(left.components(of: "# Fees") == 1)
    #expect(left.contains("# Rome") && left.contains("# Bonn"))
  }

  @Test func `a chapter stays whose heading has more below it`() {
    let chapter = "# Fees\n\n\(Self.rule)"
    let text =
      "\(chapter)\n\n# Rome\n\nA fee is due in Rome.\n\n\(chapter)\n\n## Late\n\nA late parcel costs 2 EUR."
    #expect(written(text) == text)
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
