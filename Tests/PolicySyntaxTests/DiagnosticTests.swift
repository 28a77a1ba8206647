import PolicyDiagnostics
import PolicySource
import PolicySyntax
import Testing

@Suite struct DiagnosticTests {
  @Test(arguments: Corpus.findings)
  func `each wrong policy draws the findings beside it`(name: String) throws {
    let corpus = try Corpus.findings(name)
    let dumps = corpus.entries.map { entry in
      DiagnosticDump.text(PolicyParser.parse(entry.source).diagnostics, of: entry.source)
    }
    try corpus.update(dumps)
    for (entry, dump) in zip(corpus.entries, dumps) {
      #expect(dump == entry.expected, "\(entry.heading)")
    }
  }
}
