import RoutingTestSupport
import Testing

@testable import PolicyAnalysis

@Suite struct `Diagrams` {
  static let shapes: [[Int]] = [
    [2], [7], [2, 2], [3, 1, 4], [2, 2, 2, 2, 2], [5, 3, 2], [9, 2, 9], [1, 1, 2], [16, 4],
    [2, 40],
  ]

  @Test(arguments: shapes)
  func `are what truth tables say, and equal where the tables are`(domains: [Int]) throws {
    for seed in UInt64(1)...6 {
      var random = SplitMix(state: seed &* 0xd1a6)
      var sets = RandomSets(domains)
      for _ in 0..<60 { try sets.grow(&random) }
      var known: [TruthTable: Diagram] = [:]
      for (diagram, table) in sets.sets {
        #expect(TruthTable(diagram, sets.store, domains) == table, "seed \(seed)")
        #expect(known[table, default: diagram] == diagram, "seed \(seed)")
        #expect((diagram == .never) == table.isEmpty)
        known[table] = diagram
      }
    }
  }

  @Test(arguments: shapes)
  func `give their cheapest assignment`(domains: [Int]) throws {
    for seed in UInt64(1)...4 {
      var random = SplitMix(state: seed &* 0xc057)
      var sets = RandomSets(domains)
      for _ in 0..<40 { try sets.grow(&random) }
      let costs = domains.map { domain in
        CellCosts(preferred: random.below(domain), weight: Int64(1 + random.below(9)))
      }
      for (diagram, table) in sets.sets {
        let model = sets.store.cheapest(in: diagram, costs: costs)
        #expect((model == nil) == table.isEmpty)
        guard let model else { continue }
        let least = zip(TruthTable.assignments(domains), table.rows).filter(\.1)
          .map { cost(of: $0.0, costs) }.min()
        // A level it leaves out costs nothing, since its plain cell will do.
        let filled = zip(model.cells, costs).map { $0 < 0 ? $1.preferred : $0 }
        #expect(sets.store.contains(diagram, DiagramModel(cells: filled)))
        #expect(cost(of: filled, costs) == least, "seed \(seed)")
      }
    }
  }

  private func cost(of cells: [Int32], _ costs: [CellCosts]) -> Int64 {
    zip(cells, costs).reduce(0) { $0 + ($1.0 == $1.1.preferred ? 0 : $1.1.weight) }
  }

  @Test(arguments: shapes)
  func `contain an assignment with free levels where some cell of those will do`(
    domains: [Int]
  ) throws {
    var random = SplitMix(state: 0xf4ee)
    var sets = RandomSets(domains)
    for _ in 0..<30 { try sets.grow(&random) }
    for (diagram, table) in sets.sets {
      for _ in 0..<20 {
        let cells = domains.map { random.chance(1, in: 2) ? -1 : Int32(random.below($0)) }
        let expected = zip(TruthTable.assignments(domains), table.rows).contains { row, holds in
          holds && zip(cells, row).allSatisfy { $0 < 0 || $0 == $1 }
        }
        #expect(sets.store.contains(diagram, DiagramModel(cells: cells)) == expected)
      }
    }
  }

  @Test(arguments: shapes)
  func `are the disjoint union of their boxes`(domains: [Int]) throws {
    var random = SplitMix(state: 0xb0e5)
    var sets = RandomSets(domains)
    for _ in 0..<40 { try sets.grow(&random) }
    for (diagram, table) in sets.sets {
      let boxes = sets.store.boxes(of: diagram, limit: 1_000)
      let counts = TruthTable.assignments(domains).map { cells in
        boxes.count { $0.allSatisfy { $0.value.contains(Int(cells[$0.key])) } }
      }
      #expect(counts == table.rows.map { $0 ? 1 : 0 })
      #expect(sets.store.boxes(of: diagram, limit: 2).count == min(2, boxes.count))
      let support = sets.store.support(of: diagram)
      #expect(Set(boxes.flatMap(\.keys)).isSubset(of: support))
      #expect(sets.store.size(of: diagram) >= support.count)
    }
  }

  @Test func `take single cells out of long lists of runs`() throws {
    // Every other cell leads elsewhere, so that runs are as many as can be and leaps are long.
    let domain = 4_001
    for seed in UInt64(1)...40 {
      var random = SplitMix(state: seed)
      let store = DiagramStore(domains: [domain, 2, 2])
      let odd = try store.literal(
        level: 0, cells: stride(from: 1, to: domain, by: 2).map { $0..<($0 + 1) })
      let right = try store.literal(level: 1, cells: [1..<2])
      let left = try store.literal(level: 2, cells: [0..<1])
      let many = try store.or(try store.and(odd, right), try store.minus(left, odd))
      let ends = [0, 1, domain - 2, domain - 1]
      let cells = Set(
        (0..<(1 + random.below(6))).map { _ in random.below(domain) } + [random.pick(ends)])
      let few = try store.literal(level: 0, cells: FieldVariable.runs(cells.sorted()))
      let both = try store.and(few, many)
      #expect(both == (try store.and(many, few)))
      let rest = try store.minus(few, many)
      #expect(try store.or(both, rest) == few)
      #expect(try store.and(both, rest) == .never)
      #expect(try store.minus(many, store.minus(many, few)) == both)
      for cell in 0..<domain where cells.contains(cell) || cell % 97 == 0 {
        for (r, l) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
          let model = DiagramModel(cells: [Int32(cell), Int32(r), Int32(l)])
          let expected = cells.contains(cell) && (cell % 2 == 1 ? r == 1 : l == 0)
          #expect(store.contains(both, model) == expected)
        }
      }
    }
  }
}
