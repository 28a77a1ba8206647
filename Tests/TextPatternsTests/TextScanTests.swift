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
