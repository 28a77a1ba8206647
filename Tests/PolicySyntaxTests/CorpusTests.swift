import PolicyDiagnostics
import PolicySource
import PolicySyntax
import Testing

@Suite struct CorpusTests {
  @Test(arguments: Corpus.productions)
  func `each entry of the corpus has the tree beside it`(name: String) throws {
    let corpus = try Corpus.productions(name)
    var trees: [String] = []
    for entry in corpus.entries {
      let parsed = PolicyParser.parse(entry.source)
      #expect(DiagnosticDump.text(parsed.diagnostics, of: entry.source) == "", "\(entry.heading)")
      trees.append(TreePrinter.text(of: parsed.value))
    }
    try corpus.update(trees)
    for (entry, tree) in zip(corpus.entries, trees) {
      #expect(tree == entry.expected, "\(entry.heading)")
    }
  }

  @Test func `every production of the grammar has an entry`() throws {
    let productions = Set(try Grammar.load().phrases.map(\.name))
    let entries = try Corpus.productions.flatMap { try Corpus.productions($0).entries }
    let covered = Set(entries.map(\.production))
    #expect(productions.subtracting(covered).sorted() == [])
    #expect(covered.subtracting(productions).sorted() == [])
  }
}
