/// Writes policies at random over the catalog of the corpus, using everything that makes a plan
/// depend on a request.
struct RecordedPolicyGenerator {
  var random: SeededGenerator

  static let words = ["refund", "money back", "Paris", "épée", "straße", "order"]

  mutating func policy() -> String {
    var text = """
      zone "Europe/Berlin"
      facts {
        plan  : free | pro | team = free
        vip   : bool = false
        seats : count = 2
        label : text = "none"
        tone  : calm | loud = calm from key
      }
      limit rate = 20 requests per key per minute
      \(budgets())
      gate good = length >= 20 chars and not refusal
      gate helpful = judge(middle, "Does it help?")
      ladder steps(max_budget = \(pick(["0.05", "0.01", "0.002"]))) {
        tier small accept good
        tier middle accept \(pick(["good", "helpful >= 0.8"])) max_output 500 tokens
        tier large attempts 2
      }
      ladder dear { tier middle accept good tier large }
      compress trim { target context when context.chars >= 20 to 50% with small }
      condition angry = prompt mentions \(list()) or question has (numbers, code)
      points weight { 2 when \(term())  1 when \(term())  3 when prompt.tokens > 20 }

      """
    if random.oneIn(2) {
      text += "classifier subject : law | code | art { reads question "
      text += "ask small \"Which?\" on failure art }\n"
      classifier = true
    }
    text += "task urgent when \(condition())\ntask hard when weight >= 3\ntask rest otherwise\n"
    let asks = classifier
    // A guard that opens where a classifier fails is refused.
    classifier = false
    if random.oneIn(3) {
      text += "guard stays when \(term()) { only models where model.region = eu }\n"
    }
    if random.oneIn(4) { text += "guard calm when angry { drop tools }\n" }
    if random.oneIn(6) { text += "guard wall when \(term()) { refuse \"no\" }\n" }
    classifier = asks
    for index in 0..<Int.random(in: 2...7, using: &random) {
      text += "route path_\(index) when \(condition()) { \(lines()) }\n"
    }
    return text + "otherwise { \(lines()) }\n"
  }

  /// A model without a price cannot stand beside a budget.
  private mutating func budgets() -> String {
    isBound = !random.oneIn(3)
    guard isBound else { return "limit house = 40 requests per month" }
    let each = pick(["$0.05", "$0.002", "$0.0005"])
    return """
      budget house = $10 per month
      budget mine = $2 per user per day when vip
      budget each = \(each) per request
      """
  }

  private var classifier = false
  private var isBound = true

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func lines() -> String {
    if random.oneIn(12) { return "refuse \"not here\"" }
    var lines: [String] = []
    if random.oneIn(3) { lines.append("stick for 30m") }
    if random.oneIn(4) { lines.append("cache similar >= 0.9 by vectors for 1h per user") }
    if random.oneIn(4) { lines.append("cache exact for 1h per conversation") }
    if random.oneIn(4) { lines.append("compress trim") }
    if random.oneIn(4) { lines.append("append system \"Be brief.\"") }
    if random.oneIn(5) { lines.append("shadow 5% use small") }
    if random.oneIn(3) {
      let by = pick(["user", "tenant", "conversation", "request"])
      lines.append("split by \(by) { 30% as a { use \(target()) } 70% as b { use \(target()) } }")
    } else {
      let target = target()
      lines.append("use \(target)")
      if !target.contains("fallback"), random.oneIn(2) {
        lines.append("fallback \(pick(["small", "middle", "endless"]))")
      }
    }
    return lines.joined(separator: "\n")
  }

  private mutating func target() -> String {
    pick(
      ["small", "middle", "large", "endless", "steps", "dear"]
        + (isBound ? [] : ["unpriced", "requested fallback small"]))
  }

  private mutating func condition() -> String {
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      random.oneIn(5) ? "not (\(term()))" : term()
    }
    return parts.joined(separator: random.oneIn(2) ? " and " : " or ")
  }

  private mutating func term() -> String {
    let part = pick(["prompt", "question", "system", "context"])
    switch Int.random(in: 0..<23, using: &random) {
    case 0: return "plan \(pick(["=", "!="])) \(pick(["free", "pro", "team"]))"
    case 1: return "vip"
    case 2: return "seats >= \(pick(["1", "2", "3"]))"
    case 3: return "label = \"\(pick(["none", "blue"]))\""
    case 4: return "tone = loud"
    case 5, 6: return "\(part) mentions \(list())"
    case 7: return "\(part) contains \(list())"
    case 8: return "\(part) matches /\(pick(["[0-9]{3,}", "ref.nd", "o(r|n)der"]))/"
    case 9: return "\(part) starts with \"\(pick(Self.words))\""
    case 10: return "\(part) has \(pick(["code", "url", "numbers", "email", "secret"]))"
    case 11: return "\(part).\(pick(["chars", "tokens", "lines"])) \(pick([">", "<="])) 12"
    case 12: return "language in (en, de, unknown)"
    case 13: return "house.used >= 40%"
    case 14: return "\(pick(["user", "tenant", "conversation"])) = \"ada\""
    case 15: return "model != \"auto\""
    case 16: return "hour >= 12"
    case 17: return "weekday = friday"
    case 18: return "healthy(\(pick(["small", "large"])))"
    case 19: return "tools has \"search\""
    case 20, 21: return classifier ? "subject = \(pick(["law", "code"]))" : "stream"
    default: return "max_tokens <= 400"
    }
  }

  private mutating func list() -> String {
    let members = (0..<Int.random(in: 1...4, using: &random)).map { _ in pick(Self.words) }
    return "(" + Array(Set(members)).sorted().map { "\"\($0)\"" }.joined(separator: ", ") + ")"
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }
}
