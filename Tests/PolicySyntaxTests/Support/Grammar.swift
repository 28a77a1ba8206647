import Foundation

/// `grammar/rung.ebnf`, read: productions in written order, each an expression.
struct Grammar {
  indirect enum Expression {
    case quoted(String)
    case name(String)
    case prose(String)
    case sequence([Expression])
    case choice([Expression])
    case optional(Expression)
    case repetition(Expression)
  }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  let productions: [(name: String, expression: Expression)]

  static func load() throws -> Grammar {
    try Grammar(String(decoding: Checkout.bytes("grammar/rung.ebnf"), as: UTF8.self))
  }

  init(_ text: String) throws {
    var reader = GrammarReader(text)
    productions = try reader.productions()
  }

  /// Productions of phrases are in lower case, those of tokens begin at WORD.
  var phrases: [(name: String, expression: Expression)] {
    Array(productions.prefix { $0.name != "WORD" })
  }

  /// Every quoted word or symbol of the phrases.
  var quotedInPhrases: Set<String> {
    var found: Set<String> = []
    for phrase in phrases { Self.collect(phrase.expression, &found) }
    return found
  }

  private static func collect(_ expression: Expression, _ found: inout Set<String>) {
    switch expression {
    case .quoted(let text): found.insert(text)
    case .name, .prose: break
    case .sequence(let parts), .choice(let parts): for part in parts { collect(part, &found) }
    case .optional(let part), .repetition(let part): collect(part, &found)
    }
  }
}

/// Reads ISO EBNF as far as the grammar uses it.
private struct GrammarReader {
  private var tokens: [String]
  private var index = 0

  init(_ text: String) {
    let uncommented = text.replacing(#/\(\*(?s:.*?)\*\)/#, with: " ")
    let pattern = #/"[^"]*"|'[^']*'|\?[^?]*\?|[A-Za-z_]+|[=;|\[\]{}()]/#
    tokens = uncommented.matches(of: pattern).map { String($0.output) }
  }

  mutating func productions() throws -> [(name: String, expression: Grammar.Expression)] {
    var productions: [(name: String, expression: Grammar.Expression)] = []
    while index < tokens.count {
      let name = next()
      try expect("=")
      productions.append((name, try choice()))
      try expect(";")
    }
    return productions
  }

  private mutating func choice() throws -> Grammar.Expression {
    var alternatives = [try sequence()]
    while peek == "|" {
      index += 1
      alternatives.append(try sequence())
    }
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
  }

  private mutating func sequence() throws -> Grammar.Expression {
    var parts: [Grammar.Expression] = []
    while let token = peek, !["|", ";", ")", "]", "}"].contains(token) {
      parts.append(try part())
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func part() throws -> Grammar.Expression {
    let token = next()
    switch token.first {
    case "\"", "'": return .quoted(String(token.dropFirst().dropLast()))
    case "?": return .prose(token)
    case "(": return try closed(")") { $0 }
    case "[": return try closed("]") { .optional($0) }
    case "{": return try closed("}") { .repetition($0) }
    default: return .name(token)
    }
  }

  private mutating func closed(
    _ closing: String, _ wrap: (Grammar.Expression) -> Grammar.Expression
  ) throws -> Grammar.Expression {
    let inner = try choice()
    try expect(closing)
    return wrap(inner)
  }

  private var peek: String? { index < tokens.count ? tokens[index] : nil }

  private mutating func next() -> String {
    defer { index += 1 }
    return index < tokens.count ? tokens[index] : ""
  }

  private mutating func expect(_ token: String) throws {
    let found = next()
    guard found == token else {
      throw Grammar.Malformed(description: "expected \(token), found \(found) at \(index)")
    }
  }
}
