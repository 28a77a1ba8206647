import Testing
import TextPatterns

/// Exact texts, prefixes and regular expressions, and how a scan is used again.
@Suite struct TextScanTests {
  @Test(
    arguments: [
      TextCase(.contains(["</answer>"]), "so </answer> it is", finds: "</answer>"),
      TextCase(.contains(["</answer>"]), "so </ANSWER> it is", finds: nil),
      TextCase(.contains(["aab", "ab"]), "aaab", finds: "aab"),
      TextCase(.contains(["x"]), "y", finds: nil),
      TextCase(.contains(["é"]), "e\u{301}", finds: nil),
      TextCase(.contains(["a  b"]), "a b", finds: nil),
      TextCase(.startsWith("Hi"), "Hi there", finds: "Hi"),
      TextCase(.startsWith("Hi"), " Hi there", finds: nil),
      TextCase(.startsWith("Hi"), "hi", finds: nil),
      TextCase(.startsWith("Hi"), "H", finds: nil),
      TextCase(.matches(#"(?i)\b(weather|today)\b"#), "The WEATHER", finds: "WEATHER"),
      TextCase(.matches("^a.c$"), "abc", finds: "abc"),
      TextCase(.matches("^a.c$"), "xabc", finds: nil),
      TextCase(.matches(#"\p{Greek}+"#), "let λόγος be", finds: "λόγος"),
      TextCase(.matches("."), "é", finds: "é"),
      TextCase(.matches("a*"), "", finds: ""),
      // RE2's \b is ASCII only; that is its documented meaning and stays.
      TextCase(.matches(#"\bété\b"#), "été", finds: nil),
    ])
  func `finds exact texts and patterns`(_ example: TextCase) throws { try check(example) }

  @Test func `answers text after text`() throws {
    let set = try PatternSet([
      .mentions(["red", "blue"]), .contains(["re"]), .startsWith("the"), .matches("[0-9]{3}"),
      .has([.numbers]),
    ])
    var scan = TextScan(of: set)
    func answers(_ text: String) throws -> [Bool] {
      scan.start()
      let bytes = Array(text.utf8)
      return try (0..<6).map { try scan.holds($0, in: bytes.span) }
    }
    #expect(try answers("the red 100") == [true, true, true, true, true, false])
    #expect(try answers("") == [false, false, false, false, false, false])
    #expect(try answers("Blüe blue") == [true, false, false, false, false, false])
    #expect(try answers("7 re") == [false, true, false, false, true, false])
  }

  @Test func `answers a group at once as its patterns one by one`() throws {
    let set = try PatternSet(
      (0..<70).map { .mentions(["word\($0)"]) } + [
        .contains(["wo"]), .startsWith("the"), .has([.numbers]), .has([.code]), .matches("[0-9]+"),
        .startsWith("word"), .contains(["zz"]),
      ])
    let groups = [Array(0..<70), [70, 76], [71, 75], [72, 73], [74]]
    for text in ["word3 and word69, word7", "the 12", "word", "", "`x`\n```\nzz"] {
      let bytes = Array(text.utf8)
      var one = TextScan(of: set)
      one.start()
      for group in groups {
        for asked in [group[0], group[group.count - 1]] {
          var scan = TextScan(of: set)
          scan.start()
          var answers: [UInt64] = [0, 0]
          try scan.addGroup(of: asked, in: bytes.span, to: &answers)
          for index in 0..<set.count {
            let expected = try group.contains(index) && one.holds(index, in: bytes.span)
            #expect(answers[index / 64] >> UInt64(index % 64) & 1 == (expected ? 1 : 0))
          }
        }
      }
    }
  }

  @Test func `reads bytes that are no UTF-8`() throws {
    let set = try PatternSet([.mentions(["ok"]), .matches("ok"), .has(TextFeatureKind.allCases)])
    var scan = TextScan(of: set)
    for bytes: [UInt8] in [[0xFF], [0xE4, 0xB8], [0x80, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
      scan.start()
      let text = bytes + Array(" ok ".utf8) + bytes
      #expect(try scan.holds(0, in: text.span))
      #expect(try scan.holds(1, in: text.span))
      #expect(try !scan.holds(2, in: text.span))
    }
  }
}
