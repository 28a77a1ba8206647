import RoutingTestSupport

/// A field, and the tests a generated policy makes of it.
enum OracleTheme: CaseIterable {
  case flag, beta, stream, plan, seats, project, clock, day, identity, user, model, maxTokens
  case temperature, format, tools, offered, images, messages, turn, healthy, subject, money, rate
  case mentions, contains, startsWith, phrases, measure, opaque, language

  static let texts: [OracleTheme] = [.mentions, .contains, .startsWith, .phrases]

  /// Words that stand in one another, all of which have another case.
  static let vocabulary = ["refund", "refund policy", "policy", "fund", "re", "Refund", "icy"]
  static let patterns = ["^re", "fund", "refunds?", "(?i)refund"]

  func term(_ words: [String], _ parts: [String], _ random: inout SplitMix) -> String {
    let sign = random.pick(["=", "!=", "<", "<=", ">", ">="])
    let part = random.pick(parts)
    func not(_ text: String) -> String { random.chance(1, in: 3) ? "not " + text : text }
    func number(_ field: String, _ numbers: [Int]) -> String {
      // Below the least and at or above it: the checker refuses what always or never holds.
      "\(field) \(random.pick([">=", "<"])) \(random.pick(numbers))"
    }
    func name(_ field: String, _ names: [String]) -> String {
      if random.chance(1, in: 3) {
        return "\(field) \(random.pick(["in", "not in"])) " + Quoted.list(random.some(names))
      }
      return "\(field) \(random.pick(["=", "!="])) " + Quoted.text(random.pick(names))
    }
    func label(_ field: String, _ labels: [String]) -> String {
      if random.chance(1, in: 3) {
        let some = random.some(labels, most: labels.count - 1).joined(separator: ", ")
        return "\(field) \(random.pick(["in", "not in"])) (\(some))"
      }
      return "\(field) \(random.pick(["=", "!="])) \(random.pick(labels))"
    }
    switch self {
    case .flag: return not("flag")
    case .beta: return not("beta")
    case .stream: return not("stream")
    case .plan: return label("plan", ["free", "pro", "team"])
    case .seats: return "seats \(sign) \(random.pick([1, 2, 3, 5]))"
    case .project: return name("project", ["alpha", "beta"])
    case .clock: return "hour \(sign) \(random.pick([6, 9, 17]))"
    case .day:
      return random.chance(1, in: 2)
        ? label("weekday", ["monday", "saturday", "sunday"])
        : "date \(sign) \(random.pick(["2026-11-20", "2026-11-21", "2026-11-23"]))"
    case .identity: return name(random.pick(["key", "tenant"]), ["ada", "bob"])
    case .user: return name(random.pick(["user", "conversation"]), ["ada", "bob"])
    case .model: return name("model", ["auto", "big"])
    case .maxTokens: return "max_tokens \(sign) \(random.pick([64, 65, 500]))"
    case .temperature: return "temperature \(sign) \(random.pick(["0.2", "0.7", "1"]))"
    case .format: return label("format", ["text", "json", "json_schema"])
    case .tools: return number("tools", [1, 2, 3])
    case .offered: return not("tools has " + Quoted.list(random.some(["look", "calc"])))
    case .images: return "images \(sign) \(random.pick([1, 2]))"
    case .messages: return number("messages", [2, 3])
    case .turn: return number("turn", [1, 2, 3])
    case .healthy: return not("healthy(\(random.pick(["m", "n"])))")
    case .subject: return label("subject", ["law", "code", "art"])
    case .money: return Self.budget("house", ["$2.50", "$5", "$8"], &random)
    case .rate: return Self.budget("rate", ["2", "5", "16"], &random)
    case .mentions, .phrases:
      return not("\(part) mentions " + Quoted.list(random.some(words, most: 2)))
    case .contains: return not("\(part) contains " + Quoted.list(random.some(words, most: 2)))
    case .startsWith: return not("\(part) starts with " + Quoted.text(random.pick(words)))
    case .measure:
      switch random.below(3) {
      case 0: return "\(part).chars \(random.pick([">=", "<"])) \(random.pick([1, 4, 8])) chars"
      case 1: return "\(part).tokens \(random.pick([">=", "<"])) \(random.pick([1, 3, 6])) tokens"
      default: return "\(part).lines \(random.pick([">=", "<"])) \(random.pick([1, 2, 3])) lines"
      }
    case .opaque:
      return random.chance(1, in: 2)
        ? not("\(part) has \(random.pick(["url", "email", "json"]))")
        : not("\(part) matches /\(random.pick(Self.patterns))/")
    case .language: return name("language", ["en", "de"])
    }
  }

  private static func budget(
    _ name: String, _ amounts: [String], _ random: inout SplitMix
  ) -> String {
    let side = random.pick(["used", "left"])
    let sign = random.pick(["<", "<=", ">", ">="])
    let bound = random.chance(1, in: 2) ? "\(random.pick([10, 25, 80]))%" : random.pick(amounts)
    return "\(name).\(side) \(sign) \(bound)"
  }
}
