/// Writes policies at random, as text, using every construct a condition can have.
///
/// The values in conditions and those in requests come from the same small pools, so that requests
/// meet conditions at their boundaries. The same seed writes the same policy.
struct PolicyGenerator {
  var random: SeededRandom
  /// Which names a condition may refer to by now; grows as declarations are written.
  var scope = Scope()
  /// The total of each points declaration, by name.
  var totals: [String: Int] = [:]

  struct Scope {
    var conditions: [String] = []
    var points: [String] = []
    var classifiers: [String] = []
    var tasks: [String] = []
    var budgets: [String] = []
  }

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  static let labels = ["red", "green", "blue", "white"]
  static let texts = ["alpha", "beta", "épée", "alpha beta"]
  static let subjects = ["law", "code", "art"]
  static let tools = ["search", "weather", "calc"]
  static let asked = ["auto", "small", "large", "gpt-9"]
  static let people = ["ada", "bob", "eve"]
  static let counts = [1, 2, 3, 5, 10]

  /// The policy, and a file it imports.
  mutating func files() -> [String] {
    let imports = random.chance(1, in: 3)
    let imported = imports ? importedFile() : ""
    var text = "rung 1\ncatalog \"catalog.yaml\"\nzone \"Europe/Berlin\"\n"
    if imports { text += "import \"shared.rung\"\n" }
    text += facts() + classifiers() + budgets()
    for index in 0..<(1 + random.below(3)) { text += condition("cond_\(index)") }
    for index in 0..<(1 + random.below(2)) { text += points("score_\(index)") }
    if random.chance(9, in: 10) { text += tasks() }
    for index in 0..<(1 + random.below(2)) { text += condition("late_\(index)") }
    text += guards()
    text += routes()
    return imports ? [text, imported] : [text]
  }

  private mutating func importedFile() -> String {
    var text = "rung 1\n"
    for index in 0..<2 {
      text += "condition shared_\(index) = \(PlainTerm.write(&random))\n"
      scope.conditions.append("shared_\(index)")
    }
    return text
  }

  private func facts() -> String {
    let labels = PolicyGenerator.labels.joined(separator: " | ")
    return """
      facts {
        flag_a : bool = false
        flag_b : bool = true
        amount : count = 2
        size   : count = 5 from header "x-size"
        colour : \(labels) = green
        tone   : \(labels) required from key
        label  : text = "alpha"
        topic  : text required
      }

      """
  }

  private mutating func classifiers() -> String {
    let labels = PolicyGenerator.subjects.joined(separator: " | ")
    var text = ""
    for name in ["subject", "field"] where random.chance(2, in: 3) {
      text += "classifier \(name) : \(labels) { reads question "
      text += "ask small \"Which?\" timeout 400ms on failure art }\n"
      scope.classifiers.append(name)
    }
    return text
  }

  private mutating func budgets() -> String {
    scope.budgets = ["house", "rate", "flow", "open_calls"]
    return """
      budget house = $10 per month
      limit rate = 20 requests per key per minute\(cheapWhen())
      limit flow = 1k tokens per tenant per hour\(cheapWhen())
      limit open_calls = 4 at once per user

      """
  }

  private mutating func cheapWhen() -> String {
    random.chance(1, in: 2) ? " when " + PlainTerm.write(&random) : ""
  }

  private mutating func condition(_ name: String) -> String {
    let text = "condition \(name) = \(condition(depth: 2))\n"
    scope.conditions.append(name)
    return text
  }

  private mutating func points(_ name: String) -> String {
    var text = "points \(name) {\n"
    var total = 0
    for _ in 0..<(2 + random.below(3)) {
      let weight = random.pick([1, 2, 3, 5])
      total += weight
      text += "  \(weight) when \(condition(depth: 1))\n"
    }
    totals[name] = total
    scope.points.append(name)
    return text + "}\n"
  }

  private mutating func tasks() -> String {
    var text = ""
    var names: [String] = []
    for index in 0..<(1 + random.below(4)) {
      text += "task job_\(index) when \(condition(depth: 1))\n"
      names.append("job_\(index)")
    }
    text += "task rest otherwise\n"
    scope.tasks = names + ["rest"]
    return text
  }

  /// Guards may read a classifier only where they hold at its failure value, so these read none.
  private mutating func guards() -> String {
    var text = ""
    for index in 0..<random.below(3) {
      text += "guard fence_\(index) when \(PlainTerm.write(&random)) { refuse \"no\" }\n"
    }
    return text
  }

  private mutating func routes() -> String {
    var text = ""
    // Most policies are small; some are long lists that lean on the index.
    let isList = random.chance(1, in: 4)
    for index in 0..<(isList ? 30 + random.below(60) : 2 + random.below(10)) {
      let when = isList ? listCondition() : condition(depth: 3)
      text += "route path_\(index) when \(when) { use \(random.pick(["small", "large"])) }\n"
    }
    return text + "otherwise { use small }\n"
  }
}
