import PolicySyntax

/// Decides whether tokens are a sentence of the grammar, straight from its page.
///
/// Slow and obvious: for each expression it collects every place where it could end. The parser must
/// agree with it.
struct Recognizer {
  /// Whether a keyword may stand where the grammar says WORD.
  enum Words { case any, noKeywords }

  private let productions: [String: Grammar.Expression]
  private let tokens: [(kind: Token.Kind, text: String)]
  private let words: Words
  private var known: [Key: Set<Int>] = [:]

  private struct Key: Hashable {
    let production: String
    let start: Int
  }

  private static let quoted = Set(Keyword.allCases.map(\.rawValue))
  private static let fields = Set(FieldName.ofRequest + FieldName.ofAnswer)

  init(_ grammar: Grammar, _ tokens: [(kind: Token.Kind, text: String)], _ words: Words) {
    productions = Dictionary(
      grammar.phrases.map { ($0.name, $0.expression) }, uniquingKeysWith: { first, _ in first })
    self.tokens = tokens
    self.words = words
  }

  mutating func accepts() -> Bool { ends(.name("policy"), from: 0).contains(tokens.count) }

  private mutating func ends(_ expression: Grammar.Expression, from start: Int) -> Set<Int> {
    switch expression {
    case .quoted(let text):
      return start < tokens.count && tokens[start].text == text && tokens[start].kind != .string
        ? [start + 1] : []
    case .prose:
      return []
    case .name(let name):
      guard let production = productions[name] else {
        return start < tokens.count && isToken(name, tokens[start]) ? [start + 1] : []
      }
      let key = Key(production: name, start: start)
      if let found = known[key] { return found }
      let found = ends(production, from: start)
      known[key] = found
      return found
    case .sequence(let parts):
      return parts.reduce([start]) { places, part in
        places.reduce(into: Set<Int>()) { $0.formUnion(ends(part, from: $1)) }
      }
    case .choice(let parts):
      return parts.reduce(into: Set<Int>()) { $0.formUnion(ends($1, from: start)) }
    case .optional(let part):
      return ends(part, from: start).union([start])
    case .repetition(let part):
      var found: Set<Int> = [start]
      var fresh: Set<Int> = [start]
      while !fresh.isEmpty {
        let next = fresh.reduce(into: Set<Int>()) { $0.formUnion(ends(part, from: $1)) }
        fresh = next.subtracting(found)
        found.formUnion(fresh)
      }
      return found
    }
  }

  private func isToken(_ name: String, _ token: (kind: Token.Kind, text: String)) -> Bool {
    switch name {
    case "WORD": token.kind == .word && isWord(token.text)
    case "NAME": token.kind == .word && isName(token.text)
    case "INT": token.kind == .number && token.text.utf8.allSatisfy { (48...57).contains($0) }
    case "NUMBER": token.kind == .number
    case "SHARE": token.kind == .share
    case "DURATION": token.kind == .duration
    case "MONEY": token.kind == .money
    case "DATE": token.kind == .date
    case "STRING": token.kind == .string
    case "REGEX": token.kind == .regex
    default: false
    }
  }

  private func isWord(_ text: String) -> Bool {
    switch words {
    case .any: !Keyword.reserved.map(\.rawValue).contains(text)
    case .noKeywords: !Self.quoted.contains(text)
    }
  }

  private func isName(_ text: String) -> Bool {
    let isPlain = text.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == 95
    }
    return isPlain && !Self.quoted.contains(text) && !Self.fields.contains(text)
  }
}
