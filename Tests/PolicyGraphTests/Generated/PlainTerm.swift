/// Tests over the fields that are read without looking at a text.
enum PlainTerm {
  static func write(_ random: inout SeededRandom) -> String {
    switch random.below(15) {
    case 0: (random.chance(1, in: 3) ? "not " : "") + random.pick(["flag_a", "flag_b", "stream"])
    case 1: "healthy(\(random.pick(["small", "large", "org/giant"])))"
    case 2, 3:
      random.pick(["colour", "tone"]) + " "
        + Words.equality(PolicyGenerator.labels, quoted: false, &random)
    case 4: "format " + Words.equality(["text", "json", "json_schema"], quoted: false, &random)
    case 5:
      "weekday " + Words.equality(["monday", "tuesday", "saturday"], quoted: false, &random)
    case 6: number(random.pick(["amount", "size"]), PolicyGenerator.counts, &random)
    case 7: number(random.pick(["messages", "turn", "tools", "images"]), [1, 2, 3], &random)
    case 8: number("max_tokens", [64, 100, 500], &random)
    case 9: comparison("temperature", ["0.2", "0.7", "1", "1.5"], &random)
    case 10: number("hour", [6, 9, 17, 22], &random)
    case 11: comparison("date", ["2026-11-20", "2026-11-21", "2027-01-01"], &random)
    case 12: "model " + Words.equality(PolicyGenerator.asked, quoted: true, &random)
    case 13:
      random.chance(1, in: 4)
        ? "tools has " + Words.list(PolicyGenerator.tools, &random)
        : random.pick(["tenant", "user", "key", "conversation"]) + " "
          + Words.equality(PolicyGenerator.people, quoted: true, &random)
    default:
      random.pick(["label", "topic"]) + " "
        + Words.equality(PolicyGenerator.texts, quoted: true, &random)
    }
  }

  private static func number(
    _ field: String, _ values: [Int], _ random: inout SeededRandom
  ) -> String {
    if random.chance(1, in: 6) {
      let list = random.some(values).map(String.init).joined(separator: ", ")
      return "\(field) \(random.pick(["in", "not in"])) (\(list))"
    }
    return comparison(field, values.map(String.init), &random)
  }

  private static func comparison(
    _ field: String, _ values: [String], _ random: inout SeededRandom
  ) -> String {
    "\(field) \(random.pick(["=", "!=", "<", "<=", ">", ">="])) \(random.pick(values))"
  }
}

/// Lists and equalities over words.
enum Words {
  static func equality(
    _ words: [String], quoted: Bool, _ random: inout SeededRandom
  ) -> String {
    let mark = quoted ? "\"" : ""
    if random.chance(1, in: 3) {
      let list = random.some(words).map { mark + $0 + mark }.joined(separator: ", ")
      return "\(random.pick(["in", "not in"])) (\(list))"
    }
    return "\(random.pick(["=", "=", "!="])) \(mark)\(random.pick(words))\(mark)"
  }

  /// One string, or several in parentheses.
  static func list(_ words: [String], _ random: inout SeededRandom) -> String {
    if random.chance(1, in: 2) { return "\"\(random.pick(words))\"" }
    let list = (0..<3).map { _ in random.pick(words) }
    return "(" + Set(list).sorted().map { "\"\($0)\"" }.joined(separator: ", ") + ")"
  }
}
