import PolicyDiagnostics
import PolicySource
import Testing
import YAMLReading

@Suite struct `Refusals` {
  static let refused: [(text: String, findings: [String])] = [
    // Keys.
    ("a: 1\nb: 2\na: 3", ["3:1 yaml_duplicate_key"]),
    ("{a: 1, 'a': 2, \"\\x61\": 3}", ["1:8 yaml_duplicate_key", "1:16 yaml_duplicate_key"]),
    ("? -", ["1:3 yaml_key"]),
    ("? [a, b]\n: c", ["1:3 yaml_key"]),
    ("{[a]: b, {c: d}: e}", ["1:2 yaml_key", "1:10 yaml_key"]),
    (": a", ["1:1 yaml_syntax"]),
    ("{: a}", ["1:2 yaml_syntax"]),
    ("?\n: a", ["1:2 yaml_key"]),
    ("a: 1\n<<: {b: 2}", ["2:1 yaml_merge_key"]),
    // Anchors, aliases, tags, directives.
    ("é: &x 1\nb: *x", ["1:4 yaml_anchor", "2:4 yaml_anchor"]),
    ("a: *nowhere", ["1:4 yaml_anchor"]),
    ("a: !!str 1\nb: ! 2\nc: !<x> 3", ["1:4 yaml_tag", "2:4 yaml_tag", "3:4 yaml_tag"]),
    ("%TAG !e! tag:example.com:\n---\na: 1", ["1:1 yaml_tag"]),
    ("a: 1\n---\nb: 2", ["2:1 yaml_several_documents"]),
    ("a: 1\n--- \n", ["2:1 yaml_several_documents"]),
    // Text that is no YAML.
    ("é: [日, ü", ["1:9 yaml_syntax"]),
    ("a: b: c", ["1:5 yaml_syntax"]),
    ("😀: 1\n  b: 2", ["2:4 yaml_syntax"]),
    ("a: @b", ["1:4 yaml_syntax"]),
    ("a: \"open", ["1:9 yaml_syntax"]),
    ("a: 'open\r\nb: 1\r\n", ["3:1 yaml_syntax"]),
    ("a: \"\\q\"", ["1:5 yaml_syntax"]),
    ("a:\n\tb: 1", ["2:1 yaml_tab"]),
    ("a:\r\n  b: 1\r\n\tc: 2", ["3:1 yaml_tab"]),
    ("%YAML 2.0\n---\na", ["1:1 yaml_syntax"]),
    // Characters.
    ("a: b\u{0}c", ["1:5 yaml_control_character"]),
    ("ü: \u{7}", ["1:4 yaml_control_character"]),
    ("a: \u{9B}31m", ["1:4 yaml_control_character"]),
    ("a: \u{7F}", ["1:4 yaml_control_character"]),
  ]

  @Test(arguments: refused)
  func `name the finding in its own line and column`(text: String, findings: [String]) {
    #expect(Outline(text).findings == findings)
  }

  static let notText: [(text: String, tail: [UInt8], finding: String)] = [
    ("a: 1\nb: x", [0xFF], "2:5 yaml_bad_utf8"),
    ("é: ", [0xC3], "1:4 yaml_bad_utf8"),
    ("a: ", [0xC0, 0x80], "1:4 yaml_bad_utf8"),
    ("a: ", [0xED, 0xA0, 0x80], "1:4 yaml_bad_utf8"),
    ("a: ", [0xF4, 0x90, 0x80, 0x80], "1:4 yaml_bad_utf8"),
    ("a: ", [0xE0, 0x80, 0x80], "1:4 yaml_bad_utf8"),
    ("", [0x80], "1:1 yaml_bad_utf8"),
    ("", [0xFF, 0xFE, 0x61, 0x00], "1:1 yaml_bad_utf8"),
    ("", [0xFE, 0xFF, 0x00, 0x61], "1:1 yaml_bad_utf8"),
    ("", [0x00], "1:1 yaml_control_character"),
  ]

  @Test(arguments: notText)
  func `locate bytes that are no text`(text: String, tail: [UInt8], finding: String) {
    #expect(Outline(bytes: Array(text.utf8) + tail).findings == [finding])
  }

  @Test func `keep what is sound beside them`() {
    let outline = Outline("a: 1\nb: &x [1]\nb: 2\n? [c]\n: d\ne: *x\nf: 3")
    #expect(outline.tree == "{a: 1, b: [1], e: refused⟨*x⟩, f: 3}")
    #expect(outline.findings.count == 4)
  }

  @Test func `say what a duplicate repeats`() throws {
    let file = SourceFile(path: "sample.yaml", text: "currency: USD\nmodels: {}\ncurrency: EUR")
    let finding = try #require(YAMLReader.read(file).diagnostics.first)
    #expect(finding.message == "the key `currency` is already in this mapping")
    #expect(finding.notes.compactMap(\.span).map { file.location(of: $0.start).line } == [1])
  }

  @Test func `end at a limit that says so`() {
    let text = (0..<500).map { "k\($0): *x" }.joined(separator: "\n")
    let diagnostics = YAMLReader.read(SourceFile(path: "sample.yaml", text: text)).diagnostics
    #expect(diagnostics.count == 100)
    #expect(
      diagnostics.last?.notes.last?.message == "only the first 100 findings of this file are shown")
  }
}
