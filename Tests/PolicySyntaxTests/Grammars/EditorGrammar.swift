import Foundation
import PolicySyntax
import Testing

/// A file of `grammar/` and the lists of words in it that are the lexer's.
///
/// A list starts behind a line with `keywords: ROLE`. In JSON it is the first alternation of the
/// next line; elsewhere it is what stands in quotes up to `keywords end`.
struct EditorGrammar: CustomTestStringConvertible {
  let path: String
  let style: Style
  /// The lists it must have at least once each.
  let lists: [String]

  enum Style { case json, vim, lisp, query }

  var testDescription: String { path }

  static let roles = KeywordRole.allCases.map(\.rawValue)

  static let all = [
    EditorGrammar(
      path: "grammar/textmate/rung.tmLanguage.json", style: .json, lists: roles + ["field"]),
    EditorGrammar(path: "grammar/vim/syntax/rung.vim", style: .vim, lists: roles + ["field"]),
    EditorGrammar(path: "grammar/vim/indent/rung.vim", style: .vim, lists: ["declaration"]),
    EditorGrammar(path: "grammar/emacs/rung-mode.el", style: .lisp, lists: roles + ["field"]),
    EditorGrammar(path: "grammar/tree-sitter/queries/highlights.scm", style: .query, lists: roles),
  ]

  /// What a list must hold: the keywords of its role, or the fields that are no keywords.
  static func words(of list: String) -> [String]? {
    if let role = KeywordRole(rawValue: list) {
      return Keyword.allCases.filter { $0.role == role }.map(\.rawValue)
    }
    guard list == "field" else { return nil }
    let keywords = Set(Keyword.allCases.map(\.rawValue))
    return Set(FieldName.ofRequest + FieldName.ofAnswer).subtracting(keywords).sorted()
  }

  /// One list as it stands in the file.
  struct List {
    let name: String
    /// The lines its words are on, counted from 0.
    let lines: Range<Int>
    let words: [String]
  }

  var url: URL { Checkout.folder.appending(path: path) }

  func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

  func found(in text: String) -> [List] {
    let lines = text.components(separatedBy: "\n")
    return lines.indices.compactMap { index in
      guard let name = Self.name(in: lines[index]), index + 1 < lines.count else { return nil }
      var end = index + 2
      if style != .json {
        end = lines[index...].firstIndex { $0.contains("keywords end") } ?? lines.count
      }
      let section = lines[index + 1..<end].joined(separator: "\n")
      return List(name: name, lines: index + 1..<end, words: words(in: section))
    }
  }

  /// The file with every list as the lexer has it.
  func rewritten(_ text: String) -> String {
    var lines = text.components(separatedBy: "\n")
    for list in found(in: text).reversed() {
      guard let words = Self.words(of: list.name) else { continue }
      let section = lines[list.lines].joined(separator: "\n")
      lines.replaceSubrange(
        list.lines, with: rewritten(section, words).components(separatedBy: "\n"))
    }
    return lines.joined(separator: "\n")
  }

  private static func name(in line: String) -> String? {
    line.firstMatch(of: /keywords: ([a-z]+)"?,?$/).map { String($0.1) }
  }

  private func words(in section: String) -> [String] {
    switch style {
    case .json:
      section.firstMatch(of: /\(\?:([a-z_|]+)\)/).map { match in
        match.1.split(separator: "|").map(String.init)
      } ?? []
    case .vim:
      section.matches(of: /'([a-z_]+)'/).map { String($0.1) }
    case .lisp, .query:
      section.matches(of: /"([a-z_]+)"/).map { String($0.1) }
    }
  }

  private func rewritten(_ section: String, _ words: [String]) -> String {
    switch style {
    case .json:
      section.replacing(
        /\(\?:[a-z_|]+\)/, with: "(?:\(words.joined(separator: "|")))", maxReplacements: 1)
    case .vim:
      Self.vim(section, words)
    case .lisp:
      Self.lisp(section, words)
    case .query:
      "[\n" + Self.filled(words.map { "\"\($0)\"" }, indent: "  ") + "\n"
        + section.drop { $0 != "]" }
    }
  }

  private static func vim(_ section: String, _ words: [String]) -> String {
    let first = section.prefix { $0 != "\n" }
    return first + "\n" + filled(words.map { "'\($0)'," }, indent: "      \\ ") + "\n      \\ ]"
  }

  private static func lisp(_ section: String, _ words: [String]) -> String {
    let first = section.prefix { $0 != "\n" }
    let lines = filled(words.map { "\"\($0)\"" }, indent: "    ").dropFirst(4)
    return first + "\n  '(" + lines + "))"
  }

  /// Words in lines of at most a hundred columns.
  private static func filled(_ words: [String], indent: String) -> String {
    var lines = [indent]
    for word in words {
      if lines[lines.count - 1].count + word.count + 1 > 98 { lines.append(indent) }
      let isFirst = lines[lines.count - 1] == indent
      lines[lines.count - 1] += isFirst ? word : " \(word)"
    }
    return lines.joined(separator: "\n")
  }
}
