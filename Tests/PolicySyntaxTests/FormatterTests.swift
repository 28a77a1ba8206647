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

  @Test func `an untidy policy becomes tidy, each comment where it was`() throws {
    let formatted = format(try Fixture.source("untidy"))
    let golden = GoldenFile("Formatted/untidy.rung")
    #expect(try golden.expected(instead: formatted) == formatted)
  }

  @Test(arguments: Fixture.names + ["untidy"])
  func `line ends of any kind come out as one`(name: String) throws {
    let source = try Fixture.source(name)
    let text = source.text(of: source.span)
    for lineEnd in ["\r\n", "\r"] {
      let other = SourceFile(path: name, text: text.replacing("\n", with: lineEnd))
      #expect(format(other) == format(source))
    }
  }

  struct Sample: CustomTestStringConvertible {
    let name: String
    let before: String
    let after: String
    var testDescription: String { name }
  }

  static let samples: [Sample] = [
    Sample(
      name: "a block that was on one line stays there",
      before: "rung 1\notherwise {use   a}\n", after: "rung 1\notherwise { use a }\n"),
    Sample(
      name: "a block over lines stays over lines",
      before: "rung 1\notherwise {\nuse a}", after: "rung 1\notherwise {\n  use a\n}\n"),
    Sample(
      name: "a block of one line that is too wide goes over lines",
      before: "rung 1\notherwise { refuse \"\(String(repeating: "x", count: 90))\" }\n",
      after: "rung 1\notherwise {\n  refuse \"\(String(repeating: "x", count: 90))\"\n}\n"),
    Sample(
      name: "blank lines shrink to one, and vanish at the ends of blocks and files",
      before: "\n\nrung 1\n\n\n\ntask a otherwise\n\notherwise {\n\n  use a\n\n}\n\n\n",
      after: "rung 1\n\ntask a otherwise\n\notherwise {\n  use a\n}\n"),
    Sample(
      name: "trailing blanks of comments go",
      before: "# a  \t\nrung 1 #b \n", after: "# a\nrung 1  #b\n"),
    Sample(
      name: "a joiner on its own line ends where its condition starts",
      before: "rung 1\ntask a when x\nor y\n", after: "rung 1\ntask a when x\n         or y\n"),
    Sample(name: "nothing stays nothing", before: "rung 1", after: "rung 1\n"),
    Sample(
      name: "what does not parse stays as it is",
      before: "rung 1\ntask  when\n", after: "rung 1\ntask  when\n"),
  ]

  @Test(arguments: samples)
  func `it writes`(sample: Sample) {
    #expect(format(SourceFile(path: "sample.rung", text: sample.before)) == sample.after)
  }

  @Test func `the check sees a lost comment, a moved comment and a changed token`() {
    let source = SourceFile(path: "c.rung", text: "rung 1 # a\ntask t otherwise\n")
    let outcomes = ["rung 1\ntask t otherwise\n", "rung 1\ntask t otherwise # a\n"].map {
      FormatCheck.compare(source, $0)
    }
    #expect(outcomes == [.commentsDiffer("# a"), .commentsDiffer("# a")])
    let changed = FormatCheck.compare(source, "rung 1 # a\ntask u otherwise\n")
    #expect(changed == .tokensDiffer(at: Span(file: SourceID(0), start: 16, end: 17)))
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
