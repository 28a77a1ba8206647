import PolicyDiagnostics
import PolicySource
import RoutingTestSupport
import Testing
import YAMLReading

/// A text made to hurt a reader, what it must be told, and how it grows with its size.
struct HostileCase: CustomTestStringConvertible, Sendable {
  let name: String
  let finding: String?
  let text: @Sendable (Int) -> String
  let size: Int

  init(_ name: String, _ size: Int, _ finding: String?, _ text: @escaping @Sendable (Int) -> String)
  {
    self.name = name
    self.size = size
    self.finding = finding
    self.text = text
  }

  var testDescription: String { "\(name) × \(size)" }

  static let all: [HostileCase] = [
    HostileCase("open brackets", 20_000, "1:65 yaml_too_deep") {
      String(repeating: "[", count: $0)
    },
    HostileCase("open braces", 20_000, "1:65 yaml_too_deep") { String(repeating: "{", count: $0) },
    HostileCase("nested lists", 20_000, "1:129 yaml_too_deep") {
      String(repeating: "- ", count: $0)
    },
    HostileCase("nested question marks", 20_000, "1:129 yaml_too_deep") {
      String(repeating: "? ", count: $0)
    },
    HostileCase("deeper and deeper mappings", 2_000, "65:65 yaml_too_deep") { count in
      (0..<count).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    },
    HostileCase("aliases of aliases", 30, "1:4 yaml_anchor") { count in
      (0..<count).map { level in
        level == 0
          ? "a0: &a0 [x, x, x, x, x, x, x, x, x]"
          : "a\(level): &a\(level) ["
            + Array(repeating: "*a\(level - 1)", count: 9)
            .joined(separator: ", ") + "]"
      }.joined(separator: "\n").replacing("a0: ", with: "é: ", maxReplacements: 1)
    },
    HostileCase("an alias of itself", 1, "1:1 yaml_anchor") { _ in "&a [*a, *a]" },
    HostileCase("tag directives", 100_000, "65:1 yaml_tag") { count in
      (0..<count).map { "%TAG !t\($0)! tag:x\n" }.joined() + "---\na: 1"
    },
    HostileCase("keys", 100_000, nil) { count in
      (0..<count).map { "k\($0): v\n" }.joined()
    },
    HostileCase("the same key", 100_000, "2:1 yaml_duplicate_key") {
      String(repeating: "k: v\n", count: $0)
    },
    HostileCase("values", 250_000, "250000:3 yaml_too_many_nodes") {
      String(repeating: "- 1\n", count: $0)
    },
    HostileCase("values on one line", 250_000, "1:500000 yaml_too_many_nodes") {
      "[" + String(repeating: "1,", count: $0) + "]"
    },
    HostileCase("comment lines", 1_000_000, nil) { String(repeating: "# é\n", count: $0) },
    HostileCase("blank lines", 4_000_000, nil) { "a: 1\n" + String(repeating: "\n", count: $0) },
    HostileCase("one long word", 4_000_000, nil) { String(repeating: "a", count: $0) },
    HostileCase("an open quote", 2_000_000, "1:2000002 yaml_syntax") {
      "\"" + String(repeating: "a", count: $0)
    },
    HostileCase("a folded text", 1_000_000, nil) { ">\n" + String(repeating: " a\n", count: $0) },
    HostileCase("a long key", 100_000, "2:100001 yaml_syntax") {
      "x: 1\n" + String(repeating: "k", count: $0) + ": 1"
    },
    HostileCase("colons", 100_000, "1:100000 yaml_syntax") { String(repeating: ":", count: $0) },
    HostileCase("documents", 50_000, "2:1 yaml_several_documents") {
      String(repeating: "---\n", count: $0)
    },
    HostileCase("keys of one character and two marks", 50_000, nil) { count in
      "{" + (0..<count).map { "é\($0): ü" }.joined(separator: ", ") + "}"
    },
  ]
}

@Suite(.serialized) struct `Hostile files` {
  @Test(arguments: HostileCase.all)
  func `are read or refused at once`(hostile: HostileCase) {
    let text = hostile.text(hostile.size)
    let file = SourceFile(path: "hostile.yaml", text: text)
    let clock = ContinuousClock()
    var parsed = Parsed<YAMLNode?>(nil, diagnostics: [])
    let time = clock.measure { parsed = YAMLReader.read(file) }
    SharedData.say("\(hostile.testDescription): \(file.bytes.count) bytes in \(time)")
    #expect(parsed.diagnostics.first.map { Outline.place($0, in: file) } == hostile.finding)
    // An unoptimised build on a busy machine; anything quadratic takes minutes.
    #expect(time < .seconds(60))
  }

  @Test(arguments: [("exactly the limit", 0, 0), ("one byte more", 1, 1)])
  func `are held to eight mebibytes`(name: String, more: Int, findings: Int) throws {
    let size = (8 << 20) + more
    let bytes = Array("a: 1\n#".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: size - 6)
    let file = SourceFile(id: SourceID(0), path: "large.yaml", bytes: bytes)
    let parsed = YAMLReader.read(file)
    #expect(parsed.diagnostics.count == findings, "\(name)")
    guard let finding = parsed.diagnostics.first else { return }
    #expect(finding.code == .yamlTooLarge)
    #expect(finding.span.start == 8 << 20)
    #expect(parsed.value == nil)
  }
}
