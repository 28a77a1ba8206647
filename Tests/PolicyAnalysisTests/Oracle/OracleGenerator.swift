import RoutingTestSupport

/// Writes small policies at random over a few fields each, so that brute force can be complete.
struct OracleGenerator {
  var random: SplitMix
  private var themes: [OracleTheme] = []
  private var conditions: [String] = []
  private var points: [String: Int] = [:]
  private var tasks: [String] = []
  private var words: [String] = []
  private var parts: [String] = []

  init(seed: UInt64) { random = SplitMix(state: seed) }

  /// What both versions of a policy declare.
  mutating func head() -> String {
    themes = (0..<(1 + random.below(4))).map { _ in random.pick(OracleTheme.allCases) }
    if random.chance(1, in: 3) { themes += random.some(OracleTheme.texts, most: 3) }
    words = (0..<(1 + random.below(3))).map { _ in random.pick(OracleTheme.vocabulary) }
    parts = random.some(TieAttack.parts, most: random.chance(1, in: 3) ? 2 : 1)
    var text = """
      rung 1
      catalog "catalog.yaml"
      zone "UTC"
      facts {
        flag    : bool = false
        beta    : bool = true from key
        plan    : free | pro | team = free
        seats   : count = 1
        project : text = "none"
      }
      classifier subject : law | code | art {
        reads question  ask m "Which?" timeout 400ms on failure art
      }
      budget house = $10 per month
      limit rate = 20 requests per key per minute

      """
    for index in 0..<random.below(3) {
      text += "condition named_\(index) = \(condition(depth: 1))\n"
      conditions.append("named_\(index)")
    }
    if random.chance(1, in: 3) {
      let weights = (0..<(2 + random.below(2))).map { _ in random.pick([1, 2, 3]) }
      let lines = weights.map { "  \($0) when \(condition(depth: 1))\n" }
      text += "points score {\n\(lines.joined())}\n"
      points["score"] = weights.reduce(0, +)
    }
    if random.chance(1, in: 2) {
      let count = 1 + random.below(3)
      for index in 0..<count { text += "task job_\(index) when \(condition(depth: 1))\n" }
      tasks = (0..<count).map { "job_\($0)" }
      text += "task rest otherwise\n"
      tasks.append("rest")
    }
    return text
  }

  mutating func routes() -> [String] {
    (0..<(2 + random.below(4))).map { index in
      "route path_\(index) when \(condition(depth: 2)) { use m }\n"
    }
  }

  /// Another version: two routes change places, one is gone, one has another condition.
  mutating func changed(_ routes: [String]) -> [String] {
    var routes = routes
    let index = random.below(routes.count)
    switch random.below(3) {
    case 0: routes.swapAt(index, random.below(routes.count))
    case 1 where routes.count > 1: routes.remove(at: index)
    default:
      let name = routes[index].split(separator: " ")[1]
      routes[index] = "route \(name) when \(condition(depth: 2)) { use m }\n"
    }
    return routes
  }

  // MARK: Conditions

  private mutating func condition(depth: Int) -> String {
    if depth == 0 || random.chance(1, in: 4) { return term() }
    let word = random.chance(1, in: 2) ? " and " : " or "
    var parts: [String] = []
    for _ in 0..<(2 + random.below(2)) {
      if depth > 1, random.chance(1, in: 2) {
        let inner = "(" + condition(depth: depth - 1) + ")"
        parts.append(random.chance(1, in: 3) ? "not " + inner : inner)
      } else {
        parts.append(term())
      }
    }
    return parts.joined(separator: word)
  }

  private mutating func term() -> String {
    if let name = conditions.last, random.chance(1, in: 6) {
      return (random.chance(1, in: 3) ? "not " : "") + name
    }
    if let total = points["score"], random.chance(1, in: 5) {
      return "score \(random.pick([">=", "<", "="])) \(1 + random.below(max(1, total - 1)))"
    }
    if tasks.count > 1, random.chance(1, in: 5) {
      return "task \(random.pick(["=", "!="])) \(random.pick(tasks))"
    }
    return random.pick(themes).term(words, parts, &random)
  }
}
