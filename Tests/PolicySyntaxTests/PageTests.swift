import PolicyDiagnostics
import PolicySource
import PolicySyntax
import Testing

@Suite struct PageTests {
  @Test(arguments: SyntaxPages.all.map(\.code.rawValue))
  func `what a page calls wrong draws its code, and what it says instead draws nothing`(
    code: String
  ) throws {
    let page = try #require(SyntaxPages.all.first { $0.code.rawValue == code })
    if let wrong = page.wrong {
      #expect(findings(wrong).map(\.code).contains(page.code))
    }
    if let instead = page.instead {
      #expect(findings(instead).map(\.message) == [])
    }
  }

  @Test func `each code has one page and a golden finding`() throws {
    let pages = SyntaxPages.all.map(\.code.rawValue)
    #expect(Set(pages).count == pages.count)
    var seen: Set<String> = []
    for name in Corpus.findings {
      for entry in try Corpus.findings(name).entries {
        seen.formUnion(PolicyParser.parse(entry.source).diagnostics.map(\.code.rawValue))
      }
    }
    #expect(seen.subtracting(pages).sorted() == [])
    // These need files that are no text, too large, or too wrong to print: `LimitTests` has them.
    let elsewhere: Set = ["file_too_large", "invalid_utf8", "too_many_problems", "nested_too_deep"]
    #expect(Set(pages).subtracting(seen).subtracting(elsewhere).sorted() == [])
  }

  private func findings(_ text: String) -> [Diagnostic] {
    PolicyParser.parse(SourceFile(path: "page.rung", text: text)).diagnostics
  }
}
