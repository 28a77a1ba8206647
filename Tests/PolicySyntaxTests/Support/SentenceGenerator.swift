import PolicySyntax

/// Sentences of the grammar: token texts, in an order the grammar allows.
///
/// Past the depth bound the shortest way out is taken, so every sentence ends.
struct SentenceGenerator {
  private let productions: [String: Grammar.Expression]
  private let heights: [String: Int]
  private var random: SeededGenerator
  private var tokens: [String] = []
  private let deepest = 10
  private let longest: Int

  /// `longest` bounds the declarations of a policy.
  init(_ grammar: Grammar, seed: UInt64, longest: Int = 6) {
    self.longest = longest
    productions = Dictionary(
      grammar.phrases.map { ($0.name, $0.expression) }, uniquingKeysWith: { first, _ in first })
    heights = Self.heights(of: productions)
    random = SeededGenerator(seed: seed)
  }

  mutating func sentence(of production: String = "policy") -> [String] {
    tokens = []
    emit(.name(production), depth: 0)
    return tokens
  }

  private mutating func emit(_ expression: Grammar.Expression, depth: Int) {
    switch expression {
    case .quoted(let text):
      tokens.append(text)
    case .prose:
      break
    case .name(let name):
      if let production = productions[name] {
        emit(production, depth: depth + 1)
      } else {
        tokens.append(TokenSample.text(of: name, after: tokens.last, &random))
      }
    case .sequence(let parts):
      for part in parts { emit(part, depth: depth) }
    case .choice(let alternatives):
      emit(choose(alternatives, depth: depth), depth: depth)
    case .optional(let part):
      if depth < deepest, random.chance(50) { emit(part, depth: depth) }
    case .repetition(let part):
      let most = depth <= 1 ? longest : depth < deepest ? 2 : 0
      for _ in 0..<Int.random(in: 0...most, using: &random) { emit(part, depth: depth) }
    }
  }

  private mutating func choose(
    _ alternatives: [Grammar.Expression], depth: Int
  ) -> Grammar.Expression {
    guard depth >= deepest else { return random.pick(alternatives) }
    let ranked = alternatives.map { (height: Self.height(of: $0, heights), expression: $0) }
    let least = ranked.map(\.height).min() ?? 0
    return random.pick(ranked.filter { $0.height == least }.map(\.expression))
  }

  // MARK: - The shortest way out

  private static func heights(of productions: [String: Grammar.Expression]) -> [String: Int] {
    var heights = productions.mapValues { _ in 1000 }
    for _ in 0..<productions.count {
      for (name, expression) in productions {
        heights[name] = min(1000, 1 + height(of: expression, heights))
      }
    }
    return heights
  }

  private static func height(of expression: Grammar.Expression, _ heights: [String: Int]) -> Int {
    switch expression {
    case .quoted, .prose, .optional, .repetition: 0
    case .name(let name): heights[name] ?? 0
    case .sequence(let parts): parts.map { height(of: $0, heights) }.max() ?? 0
    case .choice(let parts): parts.map { height(of: $0, heights) }.min() ?? 0
    }
  }
}

/// Samples of the token productions.
enum TokenSample {
  static func text(of token: String, after last: String?, _ random: inout SeededGenerator) -> String
  {
    switch token {
    case "INT": last == "rung" ? "1" : String(Int.random(in: 0...2000, using: &random))
    case "NUMBER": number(&random)
    case "SHARE": number(&random) + "%"
    case "DURATION": "\(Int.random(in: 0...99, using: &random))" + random.pick(units)
    case "MONEY": random.pick(["$", "EUR ", "USD "]) + number(&random)
    case "DATE": random.pick(["2027-01-31", "2024-02-29", "1999-12-01"])
    case "STRING": random.pick(strings)
    case "REGEX": random.pick(patterns)
    case "NAME":
      random.pick(names) + random.pick(["", "_\(Int.random(in: 0..<9, using: &random))"])
    default: random.pick(words)
    }
  }

  private static func number(_ random: inout SeededGenerator) -> String {
    let whole = String(Int.random(in: 0...5000, using: &random))
    let fraction = random.chance(30) ? ".\(Int.random(in: 0...99, using: &random))" : ""
    return whole + fraction + random.pick(["", "", "", "k", "M"])
  }

  private static let units = ["ms", "s", "m", "h", "d"]
  private static let names = [
    "alpha", "b2", "long_name_of_something", "x", "helpful", "s", "k", "d",
  ]
  private static let words = [
    "alpha", "qwen3-8b", "prompt.tokens", "Qwen/Qwen3-8B", "a_b", "gpt-4o", "x", "prompt", "task",
    "eu", "deepseek-v4-flash", "model.region", "tenant_daily.used", "first.output_price",
  ]
  private static let strings = [
    "\"\"", "\"a b\"", "\"tab\\t, \\\"quoted\\\" \\u{1F600} and # no comment\"", "\"naïve 😀\"",
    "\"{ not a block }\"", "\"back\\\\slash\"",
  ]
  private static let patterns = ["/a/", "/(?i)\\b(x|y)\\b/", "/a\\/b # \"/", "/[{}]/", "/é+/"]
}
