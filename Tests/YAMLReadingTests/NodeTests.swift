import PolicyDiagnostics
import PolicySource
import Testing
import YAMLReading

@Suite struct `Nodes` {
  @Test(arguments: [
    ("a: 1", "{a: 1}"),
    (
      "a: no\nb: 1e3\nc: 0x10\nd: ~\ne: .inf\nf: 1_000",
      "{a: no, b: 1e3, c: 0x10, d: ~, e: .inf, f: 1_000}"
    ),
    ("- 'it''s'\n- \"tab\\there\"", "['it's'⟨'it''s'⟩, 'tab\there'⟨\"tab\\there\"⟩]"),
    ("a:\nb: 2", "{a: , b: 2}"),
    ("a: |\n  one\n  two\n\nb: 2", "{a: 'one\\ntwo\\n'⟨|\\n  one\\n  two⟩, b: 2}"),
    ("a: >-\n  one\n  two\n", "{a: 'one two'⟨>-\\n  one\\n  two⟩}"),
    ("a: one\n  two", "{a: 'one two'⟨one\\n  two⟩}"),
    ("[a, {b: c}, d: e]", "[a, {b: c}, {d: e}]"),
    ("\"é\": [\"日本\", 😀, x]", "{é: ['日本'⟨\"日本\"⟩, 😀, x]}"),
    ("\u{FEFF}a: é\nb: [ü]", "{a: é, b: [ü]}"),
    ("a: 1\r\nb:\r\n  - é\r\n  - 2\r\n", "{a: 1, b: [é, 2]}"),
    ("a: 1\rb: 2\r", "{a: 1, b: 2}"),
    ("{a: 1}", "{a: 1}"),
    ("--- x\n...\n", "x"),
    ("", "nothing"),
    ("# only a comment\n", "nothing"),
    ("%YAML 1.2\n---\na: 1", "{a: 1}"),
  ])
  func `keep their text and know their bytes`(text: String, tree: String) {
    let outline = Outline(text)
    #expect(outline.tree == tree)
    #expect(outline.findings == [])
  }

  @Test(arguments: [
    ("a: {b: 1,\n  c: 2}  \nd: 3", 0, "{b: 1,\n  c: 2}"),
    ("a:\n  - x\n  - y  # note\n\nd: 3", 0, "- x\n  - y"),
    ("a:\n- x\n- y\n\nd: 3", 0, "- x\n- y"),
    ("z: é\na:\n  b: 日\n  c: [1,\n 2]\n# end\n", 1, "b: 日\n  c: [1,\n 2]"),
  ])
  func `collections end with their last child`(text: String, entry: Int, source: String) throws {
    let file = SourceFile(path: "sample.yaml", text: text)
    let root = try #require(YAMLReader.read(file).value)
    guard case .mapping(let entries) = root.content else {
      Issue.record("no mapping")
      return
    }
    #expect(file.text(of: entries[entry].value.span) == source)
  }
}
