import PolicyCompiler
import PolicyDiagnostics
import PolicySource
import PolicySyntax
import RoutingTestSupport
import Testing

@testable import rung_book

@Suite struct `Examples of the book` {
  private static func examples() throws -> [Example] {
    try CheckedOutBook.book.get().pages.filter { $0.part == .language }.flatMap { page in
      page.code.compactMap { Example(page: page.path, info: $0.info, text: $0.text) }
    }
  }

  @Test func `every example compiles, and its tests pass`() throws {
    var count = 0
    var tests = 0
    for example in try Self.examples() where example.wrong == nil {
      count += 1
      let compilation = example.compiled()
      let errors = compilation.diagnostics.filter { $0.severity == .error }
      guard errors.isEmpty, let compiled = compilation.compiled else {
        Issue.record("\(example.page): \(compilation.firstError)\n\(example.text)")
        continue
      }
      let run = Example.run(compiled)
      tests += run.count
      #expect(run.failures == [], "\(example.page)\n\(example.text)")
    }
    #expect(count >= 35)
    #expect(tests >= 10)
    SharedData.say("the book: \(count) examples compiled, \(tests) of their tests run")
  }

  @Test func `what is wrong on purpose gets the one error that its page names`() throws {
    var count = 0
    for example in try Self.examples() {
      guard let code = example.wrong else { continue }
      count += 1
      let errors = example.compiled().diagnostics.filter { $0.severity == .error }
      #expect(errors.map(\.code.rawValue) == [code], "\(example.page)\n\(example.text)")
    }
    #expect(count >= 8)
  }

  @Test func `an example uses every keyword of the language`() throws {
    var used: Set<Keyword> = []
    for example in try Self.examples() {
      let source = SourceFile(path: "example.rung", text: example.text)
      for lexeme in PolicyLexer.lex(source).value.lexemes {
        if case .keyword(let keyword) = lexeme { used.insert(keyword) }
      }
    }
    let missing = Keyword.allCases.filter { !used.contains($0) }.map(\.rawValue)
    #expect(missing == [])
  }
}
