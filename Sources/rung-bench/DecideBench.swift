import PolicyGraph
import PolicySemantics
import PolicyUnits

/// From a request's facts to its route, and what it takes to get there.
enum DecideBench {
  static func run(_ report: inout Report) {
    var tenRoutes = 0.0
    for count in [10, 100, 1_000, 10_000] {
      guard let time = routing(over: count, &report) else { return }
      if count == 10 { tenRoutes = time }
      if count == 10_000 {
        report.add("10,000 routes over 10 routes", time / tenRoutes, "times", atMost: 2)
      }
    }
    lowering(&report)
    texts(&report)
  }

  private static func routing(over count: Int, _ report: inout Report) -> Double? {
    let (text, targets) = BenchPolicies.routes(count)
    guard let graph = BenchPolicies.graph(text) else { return nil }
    var inputs = requests(for: targets, count: 100_000)
    var random = BenchRandom(seed: 11)
    inputs.shuffle(using: &random)
    var facts = inputs.compactMap { try? graph.facts(of: $0) }
    var scratch = Scratch(for: graph)
    var winners = Set<Int>()
    for index in facts.indices {
      if case .route(let route, _) = graph.decide(&facts[index], in: &scratch) {
        winners.insert(route.index)
      }
    }
    var sum = 0
    let time = Stopwatch.median(runs: 7) {
      for index in facts.indices {
        if case .route(let route, _) = graph.decide(&facts[index], in: &scratch) {
          sum &+= route.index
        }
      }
    }
    let each = time / Double(facts.count)
    report.add(
      "facts to route, \(count) routes, \(winners.count) of them win", each, "ns", atMost: 250)
    if count == 10 {
      let making = Stopwatch.median(runs: 5) {
        // A span lends its elements where an array would copy each.
        let inputs = inputs.span
        for index in inputs.indices {
          sum &+= (try? graph.facts(of: inputs[index])) == nil ? 0 : 1
        }
      }
      report.add("request to facts", making / Double(inputs.count), "ns")
    }
    if sum == .min { print(sum) }
    return each
  }

  /// Requests that have what a route asks for, and something of their own.
  static func requests(
    for targets: [BenchPolicies.Target], count: Int
  ) -> [RequestInput] {
    var random = BenchRandom(seed: 13)
    guard let moment else { return [] }
    return (0..<count).map { number in
      let target = targets[number % targets.count]
      var input = RequestInput(moment: moment)
      input.metadata = [
        "plan": .text(BenchPolicies.plans[target.plan ?? random.below(4)]),
        "region": .text(BenchPolicies.regions[target.region ?? random.below(4)]),
        "grade": .text(BenchPolicies.tiers[target.tier ?? random.below(3)]),
        "beta": .bool(target.beta ?? (random.below(2) > 0)),
        "project": .text(target.project ?? "project-\(random.below(40))"),
        "seats": .integer(target.seatsFrom + Int64(random.below(40))),
      ]
      input.tenant = target.tenant
      input.user = "user-\(number)"
      input.maxTokens = target.outputTo.map { max(1, $0 - Int64(random.below(500))) }
      input.messages = [RequestInput.Message(role: .user, text: "question \(number)")]
      return input
    }
  }

  /// 2026-11-20; nil never, since the date exists.
  static let moment = CalendarDate(year: 2026, month: 11, day: 20).map {
    LocalMoment(date: $0, weekday: .friday, hour: 10)
  }

  private static func lowering(_ report: inout Report) {
    for (count, limit) in [(1_000, 30.0), (10_000, 400.0)] {
      let (text, _) = BenchPolicies.routes(count)
      let whole = Stopwatch.median(runs: 3) { _ = BenchPolicies.graph(text) }
      report.add("text to graph, \(count) routes", whole / 1e6, "ms", atMost: limit)
      guard let policy = BenchPolicies.checked(text) else { return }
      let part = Stopwatch.median(runs: 3) { _ = try? DecisionGraph(policy) }
      report.add("  of which lowering", part / 1e6, "ms")
    }
  }

  private static func texts(_ report: inout Report) {
    let prompt = TextBench.prompt
    guard let graph = BenchPolicies.graph(TextBench.policy), let moment else { return }
    var input = RequestInput(moment: moment)
    input.messages = [RequestInput.Message(role: .user, text: prompt)]
    guard let facts = try? graph.facts(of: input) else { return }
    var scratch = Scratch(for: graph)
    var routes = 0
    let time = Stopwatch.median(runs: 9) {
      for _ in 0..<2_000 {
        var fresh = facts
        if case .route(let route, _) = graph.decide(&fresh, in: &scratch) { routes &+= route.index }
      }
    }
    report.add(
      "\(prompt.utf8.count) bytes, 50 keyword and 10 regex conditions", time / 2_000 / 1_000, "µs",
      atMost: 4)
    if routes == .min { print(routes) }
  }
}
