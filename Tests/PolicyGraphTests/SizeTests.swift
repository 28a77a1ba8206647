import PolicySemantics
import Testing

@testable import PolicyGraph

/// Any policy lowers into a graph whose size is a stated multiple of its own.
@Suite struct SizeTests {
  /// A route's condition over free text tests has no box; decision diagrams over it explode.
  @Test func `forty routes over thirty free keywords stay small`() throws {
    var random = SeededRandom(seed: 40)
    let words = (0..<30).map { "word\($0)" }
    var text = SizeTests.head
    for index in 0..<40 {
      let picked = (0..<3).map { _ in "prompt mentions \"\(random.pick(words))\"" }
      let word = index % 2 == 0 ? " and " : " or "
      text += "route r\(index) when \(picked.joined(separator: word)) { use small }\n"
    }
    let compiled = try Compiled(text + "otherwise { use large }\n")
    try check(compiled)
    #expect(compiled.graph.nodeCount == 160)
    #expect(compiled.graph.atomCount <= 30)
    #expect(compiled.graph.parts.index.leaves.count == 40)
  }

  /// Alternatives, lists and intervals that cross, on purpose the worst for an index.
  @Test func `a mebibyte of adversarial routes stays linear`() throws {
    var random = SeededRandom(seed: 41)
    var text = SizeTests.head
    var routes = 0
    while text.utf8.count < 1 << 20 {
      text += "route r\(routes) when (\(SizeTests.adversary(&random))) and "
      text += "(\(SizeTests.adversary(&random))) { use small }\n"
      routes += 1
    }
    let compiled = try Compiled(text + "otherwise { use large }\n")
    print("adversarial: \(text.utf8.count) bytes, \(routes) routes, \(compiled.graph.sizes)")
    try check(compiled)
  }

  private static func adversary(_ random: inout SeededRandom) -> String {
    let low = random.below(5_000)
    let names = (0..<5).map { _ in "\"t\(random.below(300))\"" }
    let list = Set(names).sorted().joined(separator: ", ")
    let first = [
      "(seats >= \(low + 1) and seats <= \(low + 1 + random.below(2_000)))",
      "tenant in (\(list))", "tenant not in (\(list))",
      "prompt mentions \"word\(random.below(200))\"",
      "(max_tokens < \(1 + random.below(9_000)) and user = \"u\(random.below(50))\")",
    ]
    return random.pick(first)
      + " or seats = \(1 + random.below(9_000)) or model = \"m\(low)\""
  }

  @Test func `parentheses as deep as they parse lower and decide`() throws {
    // Alternating, so that no level is the same as the one above.
    var condition = "beta"
    for level in 0..<60 {
      let word = level % 2 == 0 ? "and" : "or"
      condition = "not (seats = \(level + 1) \(word) \(condition))"
    }
    let compiled = try Compiled(
      SizeTests.head + "route deep when \(condition) { use small }\notherwise { use large }\n")
    try check(compiled)
    for seats in 0..<40 {
      let input = SampleRequest.make {
        $0.metadata = ["seats": .integer(Int64(seats)), "beta": .bool(seats % 3 == 0)]
      }
      try agree(compiled, input)
    }
  }

  /// Written out, the last of these would have 2^2000 tests.
  @Test func `a long chain of named conditions is found once each`() throws {
    var text = SizeTests.head + "condition c0 = beta\n"
    for index in 1...2_000 {
      text += "condition c\(index) = (c\(index - 1) and seats >= 1) or not c\(index - 1)\n"
    }
    let compiled = try Compiled(
      text + "route end when c2000 { use small }\notherwise { use large }\n")
    try check(compiled)
    var scratch = Scratch(for: compiled.graph)
    for seats in [0, 1] {
      let input = SampleRequest.make { $0.metadata = ["seats": .integer(Int64(seats))] }
      var facts = try compiled.graph.facts(of: input)
      let outcome = compiled.graph.decide(&facts, in: &scratch)
      #expect(outcome == .route(RouteID(seats == 1 ? 0 : 1), task: nil))
    }
  }

  /// The bounds that ``DecisionGraph`` states.
  private func check(_ compiled: Compiled) throws {
    let parts = compiled.graph.parts
    let written = compiled.policy.conditionParts
    let points = compiled.policy.points.count
    #expect(parts.nodes.count <= written + written / 62 + points + 1)
    #expect(parts.atoms.count <= written)
    let entries = compiled.policy.routes.count * RouteIndex.entriesPerRoute
    #expect(parts.index.leaves.count <= entries)
    #expect(parts.index.nodes.count < max(1, entries))
    #expect(parts.index.branches.count <= entries * 12)
    #expect(parts.nodes.allSatisfy { $0.depth < 64 })
  }

  private func agree(_ compiled: Compiled, _ input: RequestInput) throws {
    var scratch = Scratch(for: compiled.graph)
    let expected = Pair.byReference(compiled.policy, input, ReferenceTexts.Memory()).verdict
    #expect(Pair.byGraph(compiled.graph, input, &scratch) == expected)
  }

  private static let head = """
    rung 1
    catalog "catalog.yaml"
    facts { seats : count = 0  beta : bool = false }

    """
}

extension DecisionGraph {
  fileprivate var sizes: String {
    "\(nodeCount) nodes, \(atomCount) atoms, index of \(parts.index.nodes.count) nodes, "
      + "\(parts.index.branches.count) branches and \(parts.index.leaves.count) entries"
  }
}

extension CheckedPolicy {
  /// `and`, `or`, `not`, names and tests of all conditions.
  fileprivate var conditionParts: Int {
    var open = routes.compactMap(\.condition) + conditions.map(\.condition)
    open += tasks.compactMap(\.condition) + points.flatMap { $0.lines.map(\.condition) }
    open += budgets.compactMap(\.condition) + guards.compactMap(\.condition)
    var count = 0
    while let condition = open.popLast() {
      count += 1
      switch condition {
      case .all(let parts, _), .any(let parts, _): open += parts
      case .not(let part, _): open.append(part)
      case .named, .test: break
      }
    }
    return count
  }
}
