import Foundation
import PolicySyntax
import RoutingTestSupport
import Testing

/// The words that editors colour, held against the lexer's table.
///
/// `UPDATE_GOLDEN=1` writes the lists anew and fails once, so that no rewrite passes unseen.
@Suite struct `Keyword lists` {
  private static let updates = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  @Test(arguments: EditorGrammar.all)
  func `an editor's grammar has the lexer's keywords, none missing and none else`(
    grammar: EditorGrammar
  ) throws {
    let text = try grammar.text()
    let lists = grammar.found(in: text)
    for name in grammar.lists where !lists.contains(where: { $0.name == name }) {
      Issue.record("\(grammar.path): no list `keywords: \(name)`")
    }
    for list in lists {
      guard let words = EditorGrammar.words(of: list.name) else {
        Issue.record("\(grammar.path): `keywords: \(list.name)` is no role of a keyword")
        continue
      }
      for word in Set(words).subtracting(list.words).sorted() {
        Issue.record("\(grammar.path): `\(word)` is missing from the list of \(list.name)s")
      }
      for word in Set(list.words).subtracting(words).sorted() {
        Issue.record("\(grammar.path): `\(word)` is not one of the lexer's \(list.name)s")
      }
      #expect(list.words.count == Set(list.words).count, "\(grammar.path): a word twice")
    }
    let rewritten = grammar.rewritten(text)
    if Self.updates, rewritten != text {
      try rewritten.write(to: grammar.url, atomically: true, encoding: .utf8)
    }
    #expect(rewritten == text, "\(grammar.path): run the tests once with UPDATE_GOLDEN=1")
  }

  @Test func `a word too few and a word too many are named, and mended`() throws {
    for grammar in EditorGrammar.all {
      let text = try grammar.text()
      let list = try #require(grammar.found(in: text).first { $0.name == "declaration" })
      let broken = text.replacing("route", with: "rowte")
      let now = try #require(grammar.found(in: broken).first { $0.name == "declaration" })
      #expect(Set(list.words).subtracting(now.words) == ["route"], "\(grammar.path)")
      #expect(Set(now.words).subtracting(list.words) == ["rowte"], "\(grammar.path)")
      let mended = try #require(
        grammar.found(in: grammar.rewritten(broken)).first { $0.name == "declaration" })
      #expect(mended.words == list.words, "\(grammar.path)")
    }
  }

  @Test func `the grammar for tree-sitter quotes the lexer's keywords, none missing and none else`()
    throws
  {
    let path = "grammar/tree-sitter/grammar.js"
    let text = try String(contentsOf: Checkout.folder.appending(path: path), encoding: .utf8)
    // What `field` names is a place in the tree, and no word of the language.
    let rules = text.replacing(/field\('[a-z]+'/, with: "")
    let quoted = Set(rules.matches(of: /'([a-z_]+)'/).map { String($0.1) })
    let keywords = Set(Keyword.allCases.map(\.rawValue))
    for word in keywords.subtracting(quoted).sorted() {
      Issue.record("\(path): the keyword `\(word)` stands in no rule")
    }
    for word in quoted.subtracting(keywords).sorted() {
      Issue.record("\(path): `\(word)` is no keyword of the lexer")
    }
  }

  @Test func `the grammar of the VS Code extension is the one beside it`() throws {
    let source = Checkout.folder.appending(path: "grammar/textmate/rung.tmLanguage.json")
    let copy = Checkout.folder.appending(path: "grammar/vscode/syntaxes/rung.tmLanguage.json")
    let expected = try Data(contentsOf: source)
    let stored = try? Data(contentsOf: copy)
    if Self.updates, stored != expected { try expected.write(to: copy) }
    #expect(
      stored == expected, "grammar/vscode/syntaxes: run the tests once with UPDATE_GOLDEN=1")
  }
}
