import Foundation
import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// What kind of thing an editor should see at a place.
enum Colour: String, CaseIterable {
  case comment, documentation, string, regex, number
  case declaration, clause, `operator`, type, unit
  case name, field, value, function, boolean, allow
  /// A word with no colour of its own.
  case plain
  /// Any of those a word of the language can have: what the lexer alone can tell.
  case word
}

/// One place in a file and what an editor should see there.
struct ColourExpectation {
  let file: String
  /// Counted from 1.
  let line: Int
  /// In code points from 0; policies are read so by Emacs and Python, Vim counts bytes.
  let column: Int
  let byte: Int
  let text: String
  let colour: Colour

  var row: String {
    [file, "\(line)", "\(column)", "\(byte)", text, colour.rawValue].joined(separator: "\t")
  }

  /// What the lexer says of a file: both ends of every token and comment.
  static func all(of source: SourceFile, named file: String) -> [ColourExpectation] {
    var places: [(span: Range<Int>, colour: Colour)] = []
    for token in PolicyLexer.lex(source).value.stream.tokens {
      let trivia = Int(token.triviaStart)..<Int(token.span.start)
      places += comments(in: trivia, of: source.bytes)
      let colour: Colour? =
        switch token.kind {
        case .word: .word
        case .number, .share, .duration, .money, .date: .number
        case .string: .string
        case .regex: .regex
        case .symbol, .unknown, .endOfFile: nil
        }
      if let colour { places.append((Int(token.span.start)..<Int(token.span.end), colour)) }
    }
    return places.flatMap { place -> [ColourExpectation] in
      let ends = Set([place.span.lowerBound, lastCharacter(of: place.span, source.bytes)])
      return ends.sorted().map { at($0, place.span, place.colour, source.bytes, file) }
    }
  }

  static func at(
    _ offset: Int, _ span: Range<Int>, _ colour: Colour, _ bytes: [UInt8], _ file: String
  ) -> ColourExpectation {
    let line = bytes[..<offset].count { $0 == 10 } + 1
    let start = bytes[..<offset].lastIndex(of: 10).map { $0 + 1 } ?? 0
    return ColourExpectation(
      file: file, line: line,
      column: bytes[start..<offset].count { $0 & 0xC0 != 0x80 }, byte: offset - start,
      text: String(decoding: bytes[span].prefix(40), as: UTF8.self), colour: colour)
  }

  private static func lastCharacter(of span: Range<Int>, _ bytes: [UInt8]) -> Int {
    var last = span.upperBound - 1
    while last > span.lowerBound, bytes[last] & 0xC0 == 0x80 { last -= 1 }
    return last
  }

  private static func comments(
    in trivia: Range<Int>, of bytes: [UInt8]
  ) -> [(span: Range<Int>, colour: Colour)] {
    var found: [(span: Range<Int>, colour: Colour)] = []
    var position = trivia.lowerBound
    while let start = bytes[position..<trivia.upperBound].firstIndex(of: 35) {
      let end = bytes[start..<trivia.upperBound].firstIndex(of: 10) ?? trivia.upperBound
      let isDocumentation = start + 1 < end && bytes[start + 1] == 35
      found.append((start..<end, isDocumentation ? .documentation : .comment))
      position = end
    }
    return found
  }
}

/// Lines of a policy with the colour of each word, in order; what is not a word is the lexer's.
enum ColouredSample {
  static let lines: [(text: String, colours: [Colour])] = [
    ("rung 1", [.declaration]),
    ("catalog \"catalog.yaml\"", [.declaration]),
    ("facts {", [.declaration]),
    (
      "  plan   : free | pro | enterprise = free from key",
      [.name, .value, .value, .value, .value, .clause, .clause]
    ),
    ("  multi  : bool = false", [.name, .type, .boolean]),
    (
      "  tries  : count required from header \"x-tries\"",
      [.name, .type, .clause, .clause, .clause]
    ),
    ("}", []),
    (
      "classifier subject : law | code | other {",
      [.declaration, .name, .value, .value, .value]
    ),
    ("  reads   question", [.clause, .field]),
    ("  ask     qwen3-8b \"Which field is this?\"", [.clause, .plain]),
    ("  timeout 400ms  on failure other", [.clause, .clause, .clause, .plain]),
    ("}", []),
    (
      "task code when task-code.x and prompt has code",
      [
        .declaration, .name, .clause, .plain, .operator, .field, .operator, .value,
      ]
    ),
    ("task chat otherwise", [.declaration, .name, .declaration]),
    (
      "budget daily = $20 per tenant per day",
      [.declaration, .name, .clause, .field, .clause, .plain]
    ),
    (
      "limit flow = 100k tokens per team per minute when team != research",
      [
        .declaration, .name, .unit, .clause, .plain, .clause, .plain, .clause, .field, .value,
      ]
    ),
    (
      "gate solid = not refusal and finish = stop",
      [.declaration, .name, .operator, .field, .operator, .field, .value]
    ),
    (
      "gate helpful = judge(qwen3-32b, \"Is it?\") on failure accept",
      [.declaration, .name, .function, .plain, .clause, .clause, .clause]
    ),
    (
      "condition odd = key-stop = when-it or per.tokens > 4k tokens",
      [
        .declaration, .name, .field, .value, .operator, .field, .unit,
      ]
    ),
    ("ladder support(max_budget = $0.50) {", [.declaration, .name, .field]),
    (
      "  tier qwen3-8b accept helpful >= 0.8 and solid timeout 10s",
      [.clause, .plain, .clause, .field, .operator, .plain, .clause]
    ),
    ("  on exhausted return best", [.clause, .clause, .clause, .clause]),
    ("}", []),
    (
      "route status when prompt matches /(?i)\\b(when|in \"x\\/y)\\b # no/ {",
      [.declaration, .name, .clause, .field, .operator]
    ),
    ("  cache exact for 60s per user", [.clause, .clause, .clause, .clause, .field]),
    ("  use deepseek-v4-flash max_output 500 tokens", [.clause, .plain, .clause, .unit]),
    ("}", []),
    (
      "route faq when task = chat and plan in (free, stop) {",
      [
        .declaration, .name, .clause, .field, .value, .operator, .field, .operator, .value, .value,
      ]
    ),
    ("  compress trim", [.declaration, .name]),
    ("  set temperature 0", [.clause, .field]),
    (
      "  use support fallback on (limited, filtered) requested",
      [
        .clause, .plain, .clause, .clause, .value, .value, .plain,
      ]
    ),
    (
      "  split by user { 90% as control { use a } }",
      [
        .clause, .clause, .field, .clause, .name, .clause, .plain,
      ]
    ),
    ("}", []),
    (
      "route tools when tools has \"name\" and plan not in (free) {",
      [
        .declaration, .name, .clause, .field, .operator, .operator, .field, .operator, .operator,
        .value,
      ]
    ),
    ("  use requested", [.clause, .plain]),
    ("}", []),
    ("otherwise { use b }", [.declaration, .clause, .plain]),
    ("test \"a \\\"quoted\\\" name # here\" {", [.declaration]),
    (
      "  request { question = \"why?\" plan = free }", [.clause, .field, .field, .value]
    ),
    (
      "  given { qwen-mt-turbo fails unavailable helpful = 0.4 at qwen3-8b }",
      [.clause, .plain, .clause, .plain, .field, .clause, .plain]
    ),
    (
      "  expect { first.output_price <= $1 per 1M tokens cached = true }",
      [
        .clause, .field, .clause, .unit, .field, .boolean,
      ]
    ),
    ("}", []),
  ]

  static let text = lines.map { $0.text + "\n" }.joined()

  /// Every word of the sample, each with its colour.
  static func expectations(named file: String) -> [ColourExpectation] {
    let source = SourceFile(path: file, text: text)
    let colours = lines.flatMap(\.colours)
    let words = PolicyLexer.lex(source).value.stream.tokens.filter { $0.kind == .word }
    return zip(words, colours).flatMap { token, colour in
      let span = Int(token.span.start)..<Int(token.span.end)
      return [span.lowerBound, span.upperBound - 1].map {
        ColourExpectation.at($0, span, colour, source.bytes, file)
      }
    }
  }

  /// How many words the table names, and how many the lexer sees.
  static var counts: (named: Int, seen: Int) {
    let source = SourceFile(path: "sample.rung", text: text)
    let tokens = PolicyLexer.lex(source).value.stream.tokens
    return (lines.reduce(0) { $0 + $1.colours.count }, tokens.count { $0.kind == .word })
  }
}
