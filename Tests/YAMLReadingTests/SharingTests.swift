import PolicyDiagnostics
import PolicySource
import Testing
import YAMLReading

/// Anchors, aliases and merge keys, where a reader of other programs' files takes them.
@Suite struct `Shared values` {
  @Test(arguments: [
    ("a: &x [1, 2]\nb: *x", "a: [1, 2], b: [1, 2]"),
    ("a: &x 1\nb: {c: *x}", "a: 1, b: {c: 1}"),
    // What a mapping says itself holds, wherever the merge key stands.
    ("a: &x {k: 1, l: 2}\nb:\n  k: 3\n  <<: *x", "a: {k: 1, l: 2}, b: {k: 3, l: 2}"),
    ("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3", "a: {k: 1, l: 2}, b: {k: 3, l: 2}"),
    // Of several the first.
    ("b: {<<: [{k: 1}, {k: 2, l: 3}]}", "b: {k: 1, l: 3}"),
    // A mapping that was merged is merged on.
    (
      "a: &x {k: 1}\nb: &y {<<: *x, l: 2}\nc: {<<: *y}",
      "a: {k: 1}, b: {l: 2, k: 1}, c: {l: 2, k: 1}"
    ),
    // The anchor that stands last.
    ("a: &x 1\nb: &x 2\nc: *x", "a: 1, b: 2, c: 2"),
    ("a: '<<'\n'<<': 1", "a: <<, <<: 1"),
  ])
  func `are read as if they were written out`(text: String, tree: String) {
    let parsed = YAMLReader.read(
      SourceFile(path: "sample.yaml", text: text), sharing: .resolved)
    #expect(parsed.diagnostics.map(\.message) == [])
    #expect(parsed.value.map(Self.shown) == "{\(tree)}")
  }

  @Test(arguments: [
    ("a: *nowhere", "yaml_anchor"), ("a: &x [*x]", "yaml_anchor"),
    ("b: *x\na: &x 1", "yaml_anchor"), ("a: {<<: 1}", "yaml_merge_key"),
    ("a: {<<: [1]}", "yaml_merge_key"), ("a: &x !!str 1", "yaml_tag"),
  ])
  func `that are none are refused in their place`(text: String, code: String) {
    let parsed = YAMLReader.read(
      SourceFile(path: "sample.yaml", text: text), sharing: .resolved)
    #expect(parsed.diagnostics.map(\.code.rawValue) == [code])
  }

  /// Ten aliases of ten aliases of …: ten lines that stand for a thousand million values.
  @Test func `are counted as if they were written out`() {
    var text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    for level in 1...9 {
      let uses = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(uses)]\n"
    }
    let parsed = YAMLReader.read(
      SourceFile(path: "sample.yaml", text: text), sharing: .resolved)
    #expect(parsed.diagnostics.map(\.code.rawValue) == ["yaml_too_many_nodes"])
    #expect(parsed.value == nil)
  }

  @Test func `are no way past the depth`() {
    var text = "a0: &a0 [1]\n"
    for level in 1...80 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    let parsed = YAMLReader.read(
      SourceFile(path: "sample.yaml", text: text), sharing: .resolved)
    #expect(parsed.diagnostics.map(\.code.rawValue) == ["yaml_too_deep"])
  }

  private static func shown(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.text
    case .sequence(let items): "[" + items.map(shown).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \(shown($0.value))" }.joined(separator: ", ") + "}"
    case .refused: "refused"
    }
  }
}
