import PolicyDiagnostics
import PolicySource
import PolicySyntax
import RoutingTestSupport
import Testing

@Suite struct LimitTests {
  struct Hostile: CustomTestStringConvertible {
    let name: String
    let text: String
    let codes: Set<String>
    var testDescription: String { name }
  }

  private static let mebibyte = 1_048_576

  private static func filled(_ part: String) -> String {
    String(repeating: part, count: mebibyte / part.utf8.count)
  }

  static let hostile: [Hostile] = [
    Hostile(
      name: "open parentheses", text: "rung 1\ncondition a = " + filled("("),
      codes: ["nested_too_deep"]),
    Hostile(
      name: "100,000 open parentheses",
      text: "rung 1\ncondition a = " + String(repeating: "(", count: 100_000),
      codes: ["nested_too_deep"]),
    Hostile(
      name: "nots", text: "rung 1\ncondition a = " + filled("not ") + "x", codes: ["misplaced_not"]),
    Hostile(
      name: "nots behind a name", text: "rung 1\ncondition a = x " + filled("not "),
      codes: ["nested_too_deep"]),
    Hostile(
      name: "one word behind a name", text: "rung 1\ncondition a = x " + filled("is "),
      codes: ["nested_too_deep"]),
    Hostile(name: "open braces", text: "rung 1\n" + filled("{"), codes: ["expected_token"]),
    Hostile(
      name: "open blocks", text: "rung 1\n" + filled("otherwise { "),
      codes: ["unclosed_block"]),
    Hostile(name: "closing braces", text: "rung 1\n" + filled("}"), codes: ["stray_closing"]),
    Hostile(
      name: "quotes", text: "rung 1\n" + filled("\" \n"),
      codes: ["unterminated_string", "too_many_problems"]),
    Hostile(name: "curly quotes", text: "rung 1\n" + filled("“"), codes: ["unknown_character"]),
    Hostile(name: "single quotes", text: "rung 1\n" + filled("' ` "), codes: ["foreign_spelling"]),
    Hostile(name: "slashes", text: "rung 1\n" + filled("/\\"), codes: ["unterminated_regex"]),
    Hostile(
      name: "digits", text: "rung 1\nbudget a = $" + filled("1"), codes: ["malformed_number"]),
    Hostile(name: "dashes", text: "rung 1\n" + filled("1-1-"), codes: ["malformed_date"]),
    Hostile(name: "one word", text: "rung 1\n" + filled("a-"), codes: ["unknown_keyword"]),
    Hostile(
      name: "garbage", text: "rung 1\n" + filled("? x\u{1} \u{A0}"), codes: ["unknown_character"]),
    Hostile(
      name: "joiners", text: "rung 1\ncondition a = x" + filled(" and x or x"),
      codes: ["mixed_and_or"]),
    Hostile(
      name: "unless", text: "rung 1\ncondition a = x" + filled(" unless x"),
      codes: ["foreign_spelling"]),
    Hostile(
      name: "comparisons", text: "rung 1\ncondition a = x" + filled(" < 3"),
      codes: ["chained_comparison"]),
    Hostile(name: "capitals", text: "rung 1\n" + filled("EUR  "), codes: ["unknown_keyword"]),
    Hostile(name: "annotations", text: "rung 1\n" + filled("@allow "), codes: ["expected_token"]),
    Hostile(
      name: "missing braces", text: "rung 1\n" + filled("route a when x { use y\n"),
      codes: ["unclosed_block"]),
    Hostile(
      name: "unknown words", text: "rung 1\notherwise { " + filled("frobnicate\n"),
      codes: ["unknown_keyword"]),
    Hostile(
      name: "reserved names", text: "rung 1\n" + filled("gate and = length > 2 chars\n"),
      codes: ["reserved_name"]),
    Hostile(name: "byte order marks", text: filled("\u{FEFF}"), codes: ["foreign_spelling"]),
  ]

  // Far more than a debug build needs on a busy machine, whose other tests are waited for too: what takes
  // longer is no longer linear.
  @Test(.timeLimit(.minutes(20)), arguments: hostile)
  func `a mebibyte of anything ends with a located finding`(hostile: Hostile) {
    let source = SourceFile(path: "hostile.rung", text: hostile.text)
    let clock = ContinuousClock()
    var parsed: Parsed<PolicyFile>?
    let time = clock.measure { parsed = PolicyParser.parse(source) }
    let diagnostics = parsed?.diagnostics ?? []
    #expect(hostile.codes.isSubset(of: Set(diagnostics.map(\.code.rawValue))))
    #expect(diagnostics.count <= 201)
    #expect(diagnostics.allSatisfy { source.span.contains($0.span) })
    #expect(time < .seconds(300), "\(hostile.name) took \(time)")
    SharedData.say("hostile: \(hostile.name) in \(time), \(diagnostics.count) findings")
  }

  /// An editor holds every beginning of a file while it is typed.
  @Test(arguments: [
    "hour in range(9, 17)", "hour in 9..17", "hour in (9..<17)", "weekday in mon-fri",
    "x between 1 and 2", "x is not in (a, b)", "x isn't one of (a, b)", "tools has any of (a)",
  ])
  func `every beginning of a borrowed condition is read`(condition: String) {
    let text = "rung 1\ncondition a = " + condition
    for length in 0...condition.utf8.count {
      let source = SourceFile(path: "a.rung", text: String(text.dropLast(length)))
      let parsed = PolicyParser.parse(source)
      #expect(parsed.diagnostics.allSatisfy { source.span.contains($0.span) })
    }
  }

  @Test func `bytes that are not UTF-8 are reported once for each run of them`() {
    let bytes =
      Array("rung 1\n# ".utf8) + [0xFF, 0xFE] + Array("\ncatalog \"".utf8) + [0xC3, 0x28]
    let source = SourceFile(
      id: SourceID(0), path: "b.rung", bytes: bytes + Array("\"\n".utf8) + [0x80])
    let parsed = PolicyParser.parse(source)
    #expect(parsed.diagnostics.map(\.code.rawValue) == Array(repeating: "invalid_utf8", count: 3))
  }

  @Test func `a file of more than 16 MiB is not read`() {
    let bytes = [UInt8](repeating: 0x20, count: PolicyLexer.largestFile + 1)
    let parsed = PolicyParser.parse(SourceFile(id: SourceID(0), path: "b.rung", bytes: bytes))
    #expect(parsed.diagnostics.first?.code.rawValue == "file_too_large")
  }

  @Test(arguments: [true, false], [true, false])
  func `a file in UTF-16 draws one finding`(isBigEndian: Bool, hasMark: Bool) {
    let text = (hasMark ? "\u{FEFF}" : "") + "rung 1\ncatalog \"c.yaml\"\notherwise { use a }\n"
    let bytes = text.utf16.flatMap { unit in
      let pair = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
      return isBigEndian ? pair.reversed() : pair
    }
    let file = SourceFile(id: SourceID(0), path: "utf16.rung", bytes: bytes)
    let messages = PolicyParser.parse(file).diagnostics.map(\.message)
    #expect(messages == ["this file is UTF-16, not UTF-8"])
  }

  @Test func `a long word is shown with its beginning, and nothing of ours`() {
    let word = String(repeating: "a", count: 3000)
    let found = PolicyParser.parse(SourceFile(path: "policy.rung", text: "rung 1\n\(word)"))
    let messages = found.diagnostics.map(\.message)
    let shown = "`" + word.prefix(37) + "…`"
    #expect(messages.contains { $0.contains(shown) }, "\(messages)")
    #expect(messages.allSatisfy { $0.count < 200 })
  }
}
