import PolicyDiagnostics
import PolicySource
import PolicySyntax
import RoutingTestSupport
import Testing

@Suite struct GrammarTests {
  @Test func `the quoted words of the grammar are the keywords and symbols of the parser`() throws {
    let known = Keyword.allCases.map(\.rawValue) + Symbol.allCases.map(\.rawValue)
    let quoted = try Grammar.load().quotedInPhrases
    #expect(quoted.subtracting(known).sorted() == [])
    #expect(Set(known).subtracting(quoted).sorted() == [])
  }

  @Test func `every name the grammar uses is defined, once, and every one is used`() throws {
    let grammar = try Grammar.load()
    let defined = grammar.productions.map(\.name)
    #expect(Set(defined).count == defined.count)
    var used: Set<String> = ["policy"]
    for production in grammar.productions { Self.collect(production.expression, &used) }
    #expect(used.subtracting(defined).sorted() == [])
    #expect(Set(defined).subtracting(used).sorted() == [])
  }

  @Test func `sentences of the grammar parse without a finding`() throws {
    let grammar = try Grammar.load()
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(seed: seed)
    var sentences = SentenceGenerator(grammar, seed: random.next())
    var bytes = 0
    let count = 4000
    for _ in 0..<count {
      let text = Layout.wild(sentences.sentence(), &random)
      let source = SourceFile(path: "generated.rung", text: text)
      let parsed = PolicyParser.parse(source)
      bytes += text.utf8.count
      guard parsed.diagnostics.isEmpty else {
        let dump = DiagnosticDump.text(parsed.diagnostics, of: source)
        Issue.record("seed \(seed)\n\(dump)\n\(text)")
        return
      }
    }
    SharedData.say("grammar: \(count) sentences, \(bytes) bytes, seed \(seed)")
  }

  private static func collect(_ expression: Grammar.Expression, _ used: inout Set<String>) {
    switch expression {
    case .quoted, .prose: break
    case .name(let name): used.insert(name)
    case .sequence(let parts), .choice(let parts): for part in parts { collect(part, &used) }
    case .optional(let part), .repetition(let part): collect(part, &used)
    }
  }
}
