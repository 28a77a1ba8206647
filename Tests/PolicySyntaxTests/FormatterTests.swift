import PolicyDiagnostics
import PolicySource
import PolicySyntax
import RoutingTestSupport
import Testing

@Suite struct FormatterTests {
  @Test(arguments: Fixture.names)
  func `the policies the language was designed on keep their looks`(name: String) throws {
    let formatted = format(try Fixture.source(name))
    let golden = GoldenFile("Formatted/\(name).rung")
    #expect(try golden.expected(instead: formatted) == formatted)
  }

  @Test(arguments: 1...4)
  func `formatting generated policies changes spaces only, and twice nothing`(
    longest: Int
  ) throws {
    let grammar = try Grammar.load()
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(seed: seed)
    var sentences = SentenceGenerator(grammar, seed: random.next(), longest: longest)
    let count = longest == 1 ? 14_000 : 2_000
    var bytes = 0
    for _ in 0..<count {
      let text = Layout.wild(sentences.sentence(), &random)
      bytes += text.utf8.count
      guard let complaint = formattingComplaint(text) else { continue }
      Issue.record("seed \(seed): \(complaint)\n\(text)")
      return
    }
    SharedData.say("formatter: \(count) policies, \(bytes) bytes, seed \(seed)")
  }

  private func formattingComplaint(_ text: String) -> String? {
    let source = SourceFile(path: "generated.rung", text: text)
    let formatted = PolicyFormatter.format(PolicyParser.parse(source).value)
    let check = FormatCheck.compare(source, formatted)
    guard check == .same else { return "\(check)\n\(formatted)" }
    let second = PolicyParser.parse(SourceFile(path: "generated.rung", text: formatted))
    guard second.diagnostics.isEmpty else { return "does not parse\n\(formatted)" }
    let again = PolicyFormatter.format(second.value)
    guard again == formatted else { return "not stable\n\(formatted)\n\(again)" }
    if formatted.utf8.contains(13) { return "holds a carriage return\n\(formatted)" }
    return nil
  }
}

/// Formats, and holds the result against the original and against formatting it again.
func format(_ source: SourceFile, sourceLocation: SourceLocation = #_sourceLocation) -> String {
  let formatted = PolicyFormatter.format(PolicyParser.parse(source).value)
  #expect(FormatCheck.compare(source, formatted) == .same, sourceLocation: sourceLocation)
  let again = SourceFile(path: source.path, text: formatted)
  #expect(
    PolicyFormatter.format(PolicyParser.parse(again).value) == formatted,
    sourceLocation: sourceLocation)
  return formatted
}
