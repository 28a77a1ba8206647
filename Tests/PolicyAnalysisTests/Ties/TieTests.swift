import PolicyGraph
import PolicySemantics
import RoutingTestSupport
import Testing

@testable import PolicyAnalysis

/// No request breaks a tie: each constraint is held against thousands of requests made to break it.
@Suite struct `Ties` {
  static let seeds: [UInt64] = (1...16).map { 0x71e5_0000 + $0 }
  static let requests = 400

  @Test func `no real request breaks a tie`() async throws {
    let runs = try await withThrowingTaskGroup(of: TieRun.self) { group in
      for seed in Self.seeds {
        group.addTask { try TieRun(seed: seed, requests: Self.requests) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    var counts: [String: TieRun.Count] = [:]
    for run in runs { counts.merge(run.counts) { $0 + $1 } }
    print("ties held against \(Self.seeds.count * Self.requests) requests, seeds from 0x71e50001")
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("  \(name): \(count.ties) ties, \(count.looks) looks, \(count.binding) binding")
    }
    for name in TieRun.names {
      #expect((counts[name]?.binding ?? 0) > 0, "no request came near the tie `\(name)`")
    }
    for broken in runs.flatMap(\.broken).prefix(12) { Issue.record("\(broken)") }
  }
}

/// One policy and the requests held against its ties.
struct TieRun {
  struct Count: Sendable {
    var ties = 0
    var looks = 0
    /// Looks at a request that some other cells together would break.
    var binding = 0

    static func + (a: Count, b: Count) -> Count {
      Count(ties: a.ties + b.ties, looks: a.looks + b.looks, binding: a.binding + b.binding)
    }
  }

  private(set) var counts: [String: Count] = [:]
  private(set) var broken: [String] = []

  static let names = [
    "mentions implies mentions", "contains implies contains", "starts implies contains",
    "starts implies starts", "starts excludes starts", "prompt spreads", "lines chars",
    "chars lines", "tokens chars", "chars chars", "lines lines", "tokens tokens", "turn messages",
    "chars turn", "text chars", "text tokens", "text lines", "tools", "key tenant",
    "date weekday",
  ]

  init(seed: UInt64, requests: Int) throws {
    var attack = TieAttack(seed: seed)
    let tokenizer = attack.random.pick(["qwen", "claude", "generic", "openai"])
    let graph = try SamplePolicy(attack.policy(), tokenizer: tokenizer).graph
    let space = FieldSpace([graph])
    let theory = Theory(space)
    let reading = try CellReading(space, graph)
    let names = theory.constraints.map { Self.name(of: $0, space) }
    for name in names { counts[name, default: Count()].ties += 1 }
    var reported: Set<Int> = []
    for _ in 0..<requests {
      let input = attack.request()
      let cells = reading.cells(input)
      for (index, tie) in theory.constraints.enumerated() {
        guard let verdict = Self.check(tie, cells, space) else { continue }
        counts[names[index], default: Count()].looks += 1
        if verdict.binds { counts[names[index], default: Count()].binding += 1 }
        if verdict.holds || !reported.insert(index).inserted { continue }
        let fields = tie.levels.map { "\(space.variables[$0].field) in cell \(cells[$0] ?? -1)" }
        broken.append(
          "seed 0x\(String(seed, radix: 16)), \(tokenizer), \(names[index]): \(fields) by "
            + "\(input.messages) \(input.toolNames) \(input.key ?? "-") \(input.tenant ?? "-")")
      }
    }
  }

  /// Whether a tie holds of some cells, and whether it asked anything of them.
  static func check(
    _ tie: TheoryConstraint, _ cells: [Int?], _ space: FieldSpace
  ) -> (holds: Bool, binds: Bool)? {
    switch tie {
    case .implies(let level, let alternatives):
      guard let cell = cells[level] else { return nil }
      if cell == 0 { return (true, false) }
      return (alternatives.contains { $0.allSatisfy { cells[$0] == 1 } }, true)
    case .pairs(let first, let second, let allowed):
      guard let a = cells[first], let b = cells[second] else { return nil }
      let whole = allowed[a] == [0..<space.variables[second].cells.count]
      return (allowed[a].contains { $0.contains(b) }, !whole)
    case .atMost(let levels, let count):
      guard let cell = cells[count], case .range(let range) = space.variables[count].cells[cell]
      else { return nil }
      let held = levels.count { cells[$0] == 1 }
      return (range.upperBound >= Int64(held), held > 1)
    }
  }

  private static func name(of tie: TheoryConstraint, _ space: FieldSpace) -> String {
    func kind(_ level: Int) -> String {
      switch space.variables[level].field {
      case .text(_, .mentions): "mentions"
      case .text(_, .contains): "contains"
      case .text(_, .startsWith): "starts"
      case .text: "opaque"
      case .chars: "chars"
      case .tokens: "tokens"
      case .lines: "lines"
      case .identity(let identity): identity.rawValue
      case let field: "\(field)"
      }
    }
    switch tie {
    case .implies(let level, let alternatives):
      let others = Set(alternatives.joined())
      if alternatives.allSatisfy({ $0.count == 1 }),
        case .text(.prompt, _) = space.variables[level].field,
        others.allSatisfy({
          if case .text(let part, _) = space.variables[$0].field { part != .prompt } else { false }
        })
      {
        return "prompt spreads"
      }
      let kinds = Set(others.map(kind)).sorted()
      return "\(kind(level)) implies \(kinds.contains("contains") ? "contains" : kinds.first ?? "")"
    case .pairs(let first, let second, _):
      let (a, b) = (kind(first), kind(second))
      if a == "starts", b == "starts" { return "starts excludes starts" }
      return (["mentions", "contains", "starts", "opaque"].contains(a) ? "text" : a) + " " + b
    case .atMost: return "tools"
    }
  }
}
