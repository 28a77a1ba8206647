import Foundation
import PolicyDiagnostics
import PolicySource
import PolicySyntax
import RoutingTestSupport
import Testing

@Suite struct CorpusTests {
  @Test(arguments: Corpus.names)
  func `each entry of the corpus has the tree beside it`(name: String) throws {
    let corpus = try Corpus(name)
    var trees: [String] = []
    for entry in corpus.entries {
      let parsed = PolicyParser.parse(entry.source)
      #expect(DiagnosticDump.text(parsed.diagnostics, of: entry.source) == "", "\(entry.heading)")
      trees.append(TreePrinter.text(of: parsed.value))
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try corpus.text(trees: trees).write(to: corpus.url, atomically: true, encoding: .utf8)
    }
    for (entry, tree) in zip(corpus.entries, trees) {
      #expect(tree == entry.tree, "\(entry.heading)")
    }
  }

  @Test func `every production of the grammar has an entry`() throws {
    let productions = Set(try Grammar.load().phrases.map(\.name))
    let covered = Set(try Corpus.all.map(\.production))
    #expect(productions.subtracting(covered).sorted() == [])
    #expect(covered.subtracting(productions).sorted() == [])
  }
}
