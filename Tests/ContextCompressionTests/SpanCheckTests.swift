import RoutingTestSupport
import Testing

@testable import ContextCompression

@Suite struct `The check of the spans` {
  static let text = """
    The fee is 1.50 a day. It is not due on Sundays. He said "no. Never." and left. Use `a. B` now.

    | a | b |
    |---|---|
    | 1 | 2 |

    ```
    let x = 1.
    let y = 2.
    ```
    {"a": "b. C",
     "d": 1}
    これは本です。安い。
    """

  private func made(_ spans: [(Range<Int>, CompressionSpan.Fate)], text output: String? = nil)
    -> SpanProblem?
  {
    let messages = [
      ContextMessage(role: .user, texts: [Self.text]),
      ContextMessage(role: .user, texts: ["Why?"]),
    ]
    var result = ContextSource(messages).unchanged(.compressed)
    let bytes = Array(Self.text.utf8)
    var kept: [UInt8] = []
    for (range, fate) in spans {
      switch fate {
      case .kept, .protected: kept += bytes[range]
      case .dropped, .rewritten, .summarised: break
      }
    }
    result.messages[0].texts[0] = CompressedText(
      text: output ?? String(decoding: kept, as: UTF8.self),
      spans: spans.map { CompressionSpan(source: $0.0, fate: $0.1) })
    return SpanCheck.problem(in: result, of: messages)
  }

  /// Where a text stands, in bytes.
  private func place(_ part: String, end: Bool = false) throws -> Int {
    let range = try #require(Self.text.firstRange(of: part))
    let index = end ? range.upperBound : range.lowerBound
    return Self.text.utf8.distance(from: Self.text.startIndex, to: index)
  }

  private func dropped(from: Int, to: Int) -> SpanProblem? {
    let count = Self.text.utf8.count
    return made(
      [(0..<from, .kept), (from..<to, .dropped(.notNeeded)), (to..<count, .kept)].filter {
        !$0.0.isEmpty
      })
  }

  @Test(
    arguments: [
      ("It is not", "He said", nil),
      ("| a", "```\nlet", nil),
      ("安い", "", nil),
      ("not due", "He said", .cutInsideSentence),
      ("It is not", "not due", .cutInsideSentence),
      ("50 a day", "It is", .cutInsideSentence),
      ("1.50", "50 a", .cutInsideSentence),
      ("Never", "Use", .cutInsideSentence),
      ("B` now", "| a", .cutInsideSentence),
      ("| 1", "```\nlet", .cutInsideTable),
      ("let y", "{\"a", .cutInsideCode),
      ("| a", "let y", .cutInsideCode),
      ("\"d\"", "これ", .cutInsideJSON),
      ("です", "安い", .cutInsideSentence),
    ] as [(String, String, SpanProblem?)])
  func `lets pass what tears nothing apart`(from: String, to: String, wanted: SpanProblem?) throws {
    let end = to.isEmpty ? Self.text.utf8.count : try place(to)
    #expect(dropped(from: try place(from), to: end) == wanted)
  }

  @Test func `finds every byte that is changed`() {
    let count = Self.text.utf8.count
    var bytes = Array(Self.text.utf8)
    for place in bytes.indices where bytes[place] < 0x80 {
      let byte = bytes[place]
      bytes[place] = byte == 0x78 ? 0x79 : 0x78
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(made([(0..<count, .kept)], text: text) == .notTheSource)
      bytes[place] = byte
    }
  }

  @Test(arguments: [
    ("a 1.50 b", "a 1.5 b"), ("is not due", "is due"), ("5 0", "50"), ("a\nb", "a b"),
    ("a\n  b", "a\nb"), ("a\n\nb", "a\nb"), ("3 May", "3 may"),
  ])
  func `finds white space that changed a text`(before: String, after: String) {
    #expect(!RewriteCheck.isFaithful(.whiteSpace, Array(before.utf8), Array(after.utf8)))
  }

  @Test(arguments: [
    (#"{"a": 1.50}"#, #"{"a":1.5}"#), (#"{"a": "x  y"}"#, #"{"a":"x y"}"#), ("[1, 2]", "[12]"),
    ("[1 2]", "[12]"), (#"{"a": 1, "b": 2}"#, #"{"b":2,"a":1}"#), ("[true]", "[false]"),
  ])
  func `finds JSON that changed`(before: String, after: String) {
    #expect(!RewriteCheck.isFaithful(.compactJSON, Array(before.utf8), Array(after.utf8)))
  }

  @Test(arguments: [
    ("<p>not <b>5</b></p>", "5"), ("<p>1</p><p>2</p>", "12"), ("<p>a &lt; b</p>", "a > b"),
    ("<p>10<sup>3</sup></p>", "103"), ("<a href='https://a.example'>x</a>", "x"),
    ("<p>a</p>\n~~~\nb\n~~~", "a\n~~~ b ~~~"),
  ])
  func `finds pages that became something else`(page: String, text: String) {
    #expect(!RewriteCheck.isFaithful(.htmlToText, Array(page.utf8), Array(text.utf8)))
  }

  @Test func `finds a duplicate that is none, and one whose original is gone`() {
    let count = Self.text.utf8.count
    let nowhere = SpanPlace(message: 0, text: 0, offset: 0)
    #expect(
      made([(0..<23, .kept), (23..<49, .dropped(.duplicate(of: nowhere))), (49..<count, .kept)])
        == .notADuplicate)
    let far = SpanPlace(message: 9, text: 0, offset: 0)
    #expect(
      made([(0..<23, .kept), (23..<49, .dropped(.duplicate(of: far))), (49..<count, .kept)])
        == .notADuplicate)
  }

  @Test func `finds a touched rule, question, call or result`() {
    let messages = [
      ContextMessage(role: .system, texts: ["Never say 5."]),
      ContextMessage(role: .user, texts: ["One. Two."]),
      ContextMessage(role: .assistant, texts: ["x"], hasCalls: true),
      ContextMessage(role: .tool, texts: ["y"]),
      ContextMessage(role: .user, texts: ["Why not?"]),
    ]
    let honest = ContextSource(messages).unchanged(.compressed)
    #expect(SpanCheck.problem(in: honest, of: messages) == nil)
    for place in [0, 2, 3, 4] {
      var changed = honest
      changed.messages[place].texts[0].text = "z"
      #expect(SpanCheck.problem(in: changed, of: messages) == .changedProtected)
      var dropped = honest
      dropped.messages[place].isDropped = true
      #expect(SpanCheck.problem(in: dropped, of: messages) == .changedProtected)
    }
    var split = honest
    split.messages[1].isDropped = true
    split.messages[1].texts[0] = CompressedText(text: "", spans: [])
    #expect(SpanCheck.problem(in: split, of: messages) == .splitTurn)
  }
}
