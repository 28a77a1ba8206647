import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicySyntax
import RoutingTestSupport

/// The policies of one seed, each asked about by the analysis and by brute force.
struct OracleRun: Sendable {
  struct Count: Sendable {
    var empty = 0
    var found = 0
    /// Not empty for the analysis, and brute force knows why it may have missed the request.
    var unconfirmed = 0
  }

  private(set) var policies = 0
  private(set) var requests = 0
  private(set) var tooLarge = 0
  private(set) var counts: [String: Count] = [:]
  private(set) var gaps: [String: Int] = [:]
  private(set) var table: [String: Int] = [:]
  private(set) var faults: [String] = []
  private let mostRequests: Int

  init(seed: UInt64, policies wanted: Int, mostRequests: Int) throws {
    self.mostRequests = mostRequests
    var seeds = SplitMix(state: seed)
    while policies < wanted {
      let policySeed = seeds.next()
      var generator = OracleGenerator(seed: policySeed)
      let head = generator.head()
      let routes = generator.routes()
      let changed = generator.changed(routes)
      let end = "otherwise { use m }\n"
      let texts = [head + routes.joined() + end, head + changed.joined() + end]
      try add(texts, policySeed)
    }
  }

  private mutating func add(_ texts: [String], _ seed: UInt64) throws {
    // The checker refuses conditions it can see through by itself; those are not for here.
    guard let old = try? SamplePolicy(texts[0]).graph, let new = try? SamplePolicy(texts[1]).graph
    else {
      table["refused by the checker", default: 0] += 1
      return
    }
    guard let brute = try OracleRequests([old, new], most: mostRequests) else {
      tooLarge += 1
      return
    }
    policies += 1
    requests += brute.requests.count
    for gap in brute.gaps { gaps[gap, default: 0] += 1 }
    count(old)
    var answers = OracleAnswers(old, new)
    for input in brute.requests { try answers.add(input) }
    let questions = OracleQuestions(old, new)
    for (question, isFound) in answers.found {
      let isThere = try questions.isThere(question)
      note(question.kind, isThere, isFound, brute.gaps) { fault in
        "\(fault): \(question), policy seed 0x\(String(seed, radix: 16)), "
          + "\(brute.requests.count) requests, gaps \(brute.gaps)\n"
          + texts.joined(separator: "\n--- and\n")
      }
    }
  }

  private mutating func note(
    _ kind: String, _ isThere: Bool, _ isFound: Bool, _ gaps: Set<String>,
    _ words: (String) -> String
  ) {
    switch (isThere, isFound) {
    case (false, false): counts[kind, default: Count()].empty += 1
    case (true, true): counts[kind, default: Count()].found += 1
    case (false, true): faults.append(words("UNSOUND, a request was found"))
    case (true, false):
      counts[kind, default: Count()].unconfirmed += gaps.isEmpty ? 0 : 1
      if gaps.isEmpty { faults.append(words("incomplete, no request was found")) }
    }
  }

  // MARK: What the policies are written with

  private mutating func count(_ graph: DecisionGraph) {
    for atom in 0..<graph.atomCount {
      for name in Self.constructs(of: graph.test(of: AtomID(atom))) { table[name, default: 0] += 1 }
    }
    for route in graph.policy.routes { count(route.condition) }
    table["tasks", default: 0] += graph.policy.tasks.count
    table["points", default: 0] += graph.policy.points.count
  }

  private mutating func count(_ condition: CheckedCondition?) {
    switch condition {
    case nil, .test: break
    case .all(let parts, _):
      table["and", default: 0] += 1
      for part in parts { count(part) }
    case .any(let parts, _):
      table["or", default: 0] += 1
      for part in parts { count(part) }
    case .not(let part, _):
      table["not", default: 0] += 1
      count(part)
    case .named: table["named condition", default: 0] += 1
    }
  }

  private static func constructs(of test: RequestTest) -> [String] {
    func first(_ value: Any) -> String { "\(value)".prefix { $0 != "(" }.description }
    switch test {
    case .flag(let flag): return ["flag " + first(flag)]
    case .label(let field, _): return ["label " + first(field)]
    case .number(let field, let comparison, _):
      return ["number " + first(field), comparison.rawValue]
    case .name(let field, _): return ["name " + first(field)]
    case .text(let part, let test): return ["text " + first(test), "part " + part.rawValue]
    case .offersTool: return ["tools has"]
    }
  }
}
