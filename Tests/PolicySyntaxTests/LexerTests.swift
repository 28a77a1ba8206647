import PolicyDiagnostics
import PolicySource
import PolicySyntax
import Testing

@Suite struct LexerTests {
  struct Sample: CustomTestStringConvertible {
    let text: String
    let kinds: [Token.Kind]
    var testDescription: String { text }
  }

  static let samples: [Sample] = [
    Sample(text: "qwen3-8b", kinds: [.word]),
    Sample(text: "org/model-v1.5", kinds: [.word]),
    Sample(text: "prompt.tokens<=4k", kinds: [.word, .symbol, .number]),
    Sample(text: "a_b- c", kinds: [.word, .unknown, .word]),
    Sample(text: "0.50 1M 2.5k", kinds: [.number, .number, .number]),
    Sample(text: "50% 7.5%", kinds: [.share, .share]),
    Sample(
      text: "200ms 60s 5m 1h 1d", kinds: [.duration, .duration, .duration, .duration, .duration]),
    Sample(text: "$0.25 EUR 0.25 $20k", kinds: [.money, .money, .money]),
    Sample(text: "EUR 50% EUR 10s EUR x", kinds: [.word, .share, .word, .duration, .word, .word]),
    Sample(text: "2027-01-31", kinds: [.date]),
    Sample(text: "\"a \\\" b\" \"\"", kinds: [.string, .string]),
    Sample(text: "/a\\/b # \"/ # comment", kinds: [.regex]),
    Sample(text: "{}(),:|=!=<<=>>=", kinds: Array(repeating: .symbol, count: 13)),
    Sample(text: "@allow(x)", kinds: [.symbol, .symbol, .word, .symbol]),
    Sample(text: "10sec", kinds: [.number]),
    Sample(text: "# only a comment", kinds: []),
  ]

  @Test(arguments: samples)
  func `it cuts the longest token`(sample: Sample) {
    let source = SourceFile(path: "s.rung", text: sample.text)
    let tokens = PolicyLexer.lex(source).value.stream.tokens
    #expect(tokens.dropLast().map(\.kind) == sample.kinds)
    #expect(tokens.last?.kind == .endOfFile)
  }

  @Test(arguments: Keyword.allCases)
  func `a word of the language is a word where the grammar asks for one`(keyword: Keyword) {
    let text = "rung 1\ncondition a = x = \(keyword.rawValue) or \(keyword.rawValue) = 3\n"
    let diagnostics = PolicyParser.parse(SourceFile(path: "k.rung", text: text)).diagnostics
    #expect(diagnostics.isEmpty != Keyword.reserved.contains(keyword))
  }

  @Test(arguments: Keyword.allCases.map(\.rawValue) + FieldName.ofRequest + FieldName.ofAnswer)
  func `no word of the language and no field is a name`(word: String) {
    let text = "rung 1\ngate \(word) = x\n"
    let codes = PolicyParser.parse(SourceFile(path: "k.rung", text: text)).diagnostics.map(\.code)
    #expect(codes == [.reservedName])
  }
}
