import RoutingTestSupport

@testable import PolicyAnalysis

/// A set of assignments as the list of them: what a diagram stands for, without being one.
struct TruthTable: Hashable {
  let domains: [Int]
  var rows: [Bool]

  /// Every assignment of the domains, the first level the slowest.
  static func assignments(_ domains: [Int]) -> [[Int32]] {
    domains.reduce([[]]) { found, domain in
      found.flatMap { cells in (0..<domain).map { cells + [Int32($0)] } }
    }
  }

  init(_ domains: [Int], where holds: ([Int32]) -> Bool) {
    self.domains = domains
    rows = Self.assignments(domains).map(holds)
  }

  init(_ diagram: Diagram, _ store: DiagramStore, _ domains: [Int]) {
    self.init(domains) { store.contains(diagram, DiagramModel(cells: $0)) }
  }

  func joined(_ other: TruthTable, _ join: (Bool, Bool) -> Bool) -> TruthTable {
    var table = self
    table.rows = zip(rows, other.rows).map(join)
    return table
  }

  var isEmpty: Bool { !rows.contains(true) }
}

/// Random sets as a diagram and as a table, side by side.
struct RandomSets {
  let domains: [Int]
  let store: DiagramStore
  private(set) var sets: [(diagram: Diagram, table: TruthTable)] = []

  init(_ domains: [Int], limits: DiagramLimits = DiagramLimits()) {
    self.domains = domains
    store = DiagramStore(domains: domains, limits: limits)
    sets = [
      (.never, TruthTable(domains) { _ in false }), (.always, TruthTable(domains) { _ in true }),
    ]
  }

  /// A literal, or two of the sets joined.
  mutating func grow(_ random: inout SplitMix) throws {
    if random.chance(1, in: 3) {
      let level = random.below(domains.count)
      let cells = (0..<domains[level]).filter { _ in random.chance(1, in: 2) }
      let diagram = try store.literal(level: level, cells: FieldVariable.runs(cells))
      sets.append((diagram, TruthTable(domains) { cells.contains(Int($0[level])) }))
      return
    }
    let (a, b) = (random.pick(sets), random.pick(sets))
    switch random.below(4) {
    case 0:
      sets.append((try store.and(a.diagram, b.diagram), a.table.joined(b.table) { $0 && $1 }))
    case 1:
      sets.append((try store.or(a.diagram, b.diagram), a.table.joined(b.table) { $0 || $1 }))
    case 2:
      sets.append((try store.minus(a.diagram, b.diagram), a.table.joined(b.table) { $0 && !$1 }))
    default: sets.append((try store.not(a.diagram), a.table.joined(a.table) { !($0 && $1) }))
    }
  }
}
