import RoutingTestSupport

/// A small policy as parts that can be changed one by one.
struct PairPolicy {
  var defaultPlan: String
  var guards: [String]
  var budgets: [String]
  var gate: String
  var tasks: [String]
  /// Name, condition, body.
  var routes: [(name: String, condition: String, body: String)]
  var last: String

  var text: String {
    var lines = ["rung 1", "catalog \"catalog.yaml\""]
    lines.append(
      "facts { plan : free | pro | enterprise = \(defaultPlan)  beta : bool = false  seats : count = 1 }"
    )
    lines.append("gate ok = \(gate)")
    lines.append("ladder rise(max_budget = $0.50) { tier m accept ok tier n attempts 2 }")
    lines.append("compress trim { target context when context.chars >= 40 to 50% with extractive }")
    lines += tasks + budgets + guards
    lines += routes.map { "route \($0.name) when \($0.condition) { \($0.body) }" }
    lines.append("otherwise { \(last) }")
    return lines.joined(separator: "\n")
  }
}

/// Makes policies and changes them, by a seed.
struct PairMaker {
  var random: SplitMix

  private static let tests = [
    "plan = free", "plan = pro", "plan in (pro, enterprise)", "plan != free", "beta", "not beta",
    "seats > 5", "seats <= 2", "seats >= 10", "stream", "prompt mentions \"refund\"",
    "question mentions (\"refund\", \"debug\")", "question mentions \"refund policy\"",
    "prompt.chars >= 40", "prompt.chars < 20", "format = json", "tenant = \"acme\"", "task = code",
    "task != code", "images >= 1", "model = \"n\"",
  ]
  private static let bodies = [
    "use m", "use n", "use big", "use rise", "use m fallback n", "use n max_output 200 tokens",
    "cache exact for 1h per tenant use m", "cache exact for 1h shared use m",
    "set temperature 0 use n", "use rise fallback big", "refuse \"no\"", "refuse \"not here\"",
    "compress trim use m", "use requested fallback m", "shadow 5% use n use m",
    "split by request { 50% use m 50% use n }", "prepend system \"Be short.\" use m",
  ]
  private static let guards = [
    "guard near when plan = enterprise { only models where model.region = eu }",
    "guard near when beta { only models where model.region = eu }",
    "guard shut when question mentions \"refund\" { refuse \"shut\" }",
    "guard bare when stream { drop tools }",
    "guard idle when seats > 3 { only models where model.region in (eu, us) }",
  ]
  private static let budgets = [
    "budget house = $20 per month", "budget house = $10 per month",
    "budget house = $20 per month when plan = free",
    "limit rate = 60 requests per minute when beta",
  ]
  private static let gates = ["length >= 20 chars and not refusal", "length >= 40 chars"]

  mutating func condition() -> String {
    switch random.below(5) {
    case 0, 1: return random.pick(Self.tests)
    case 2, 3:
      let word = random.chance(1, in: 2) ? " and " : " or "
      return random.pick(Self.tests) + word + random.pick(Self.tests)
    default:
      return "not (\(random.pick(Self.tests)) or \(random.pick(Self.tests))) and "
        + random.pick(Self.tests)
    }
  }

  mutating func policy() -> PairPolicy {
    var routes: [(name: String, condition: String, body: String)] = []
    for index in 0..<(1 + random.below(5)) {
      routes.append(("r\(index)", condition(), random.pick(Self.bodies)))
    }
    var guards: [String] = []
    if random.chance(1, in: 3) { guards.append(random.pick(Self.guards)) }
    return PairPolicy(
      defaultPlan: "free", guards: guards,
      budgets: random.chance(1, in: 4) ? [random.pick(Self.budgets)] : [],
      gate: random.pick(Self.gates),
      tasks: ["task code when prompt mentions \"debug\" or seats = 7", "task chat otherwise"],
      routes: routes, last: random.pick(["use m", "use n", "use rise"]))
  }

  /// The policy with one or two changes, some of which change nothing.
  mutating func changed(_ policy: PairPolicy) -> PairPolicy {
    var policy = policy
    for _ in 0...random.below(2) { change(&policy) }
    return policy
  }

  private mutating func change(_ policy: inout PairPolicy) {
    let index = random.below(policy.routes.count)
    switch random.below(12) {
    case 0: policy.routes[index].body = random.pick(Self.bodies)
    case 1: policy.routes[index].condition = condition()
    case 2: policy.routes.swapAt(index, random.below(policy.routes.count))
    case 3: if policy.routes.count > 1 { policy.routes.remove(at: index) }
    case 4:
      let name = "extra_\(policy.routes.count)"
      policy.routes.insert((name, condition(), random.pick(Self.bodies)), at: index)
    case 5: policy.routes[index].name = "renamed_\(index)"
    case 6: policy.guards = random.chance(1, in: 3) ? [] : [random.pick(Self.guards)]
    case 7: policy.budgets = random.chance(1, in: 3) ? [] : [random.pick(Self.budgets)]
    case 8: policy.gate = random.pick(Self.gates)
    case 9: policy.defaultPlan = random.pick(["free", "pro"])
    case 10: policy.tasks[0] = random.pick(["task code when beta", policy.tasks[0]])
    default: policy.last = random.pick(["use m", "use n", "use big"])
    }
  }
}
