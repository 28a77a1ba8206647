/// One assignment of a diagram: a cell for each level that matters to it.
///
/// What it leaves out may have any cell.
package struct DiagramModel: Hashable, Sendable {
  /// By level; -1 where any cell will do.
  package var cells: [Int32]

  package subscript(level: Int) -> Int? { cells[level] < 0 ? nil : Int(cells[level]) }
}

/// What it costs to give a level's variable a cell.
package struct CellCosts: Sendable {
  /// The cell that costs nothing.
  package var preferred: Int32
  /// What any other costs; a far one no more than a near one, unless each has its own.
  package var weight: Int64
  /// By cell, growing on either side of the preferred one; empty if all others cost the same.
  package var byCell: [Int64] = []

  package init(preferred: Int, weight: Int64) {
    self.preferred = Int32(clamping: preferred)
    self.weight = weight
  }

  /// The cheapest cell of a range, and its cost: the preferred one or that nearest to it.
  func cheapest(in range: Range<Int32>) -> (cell: Int32, cost: Int64) {
    if range.contains(preferred) { return (preferred, 0) }
    let cell = preferred < range.lowerBound ? range.lowerBound : range.upperBound - 1
    return (cell, byCell.isEmpty ? weight : byCell[Int(cell)])
  }
}

extension DiagramStore {
  /// The assignment in a diagram with the least sum of costs; nil if the diagram is empty.
  ///
  /// Of equal ones the first by level and cell. O(nodes of the diagram and their runs).
  package func cheapest(in diagram: Diagram, costs: [CellCosts]) -> DiagramModel? {
    guard diagram != .never else { return nil }
    // What a node leads to was made before it.
    let order = nodes(of: diagram).sorted()
    steps += 4 * order.count
    let missing = levels.count - best.count
    if missing > 0 { best += repeatElement(Best(cost: 0, cell: -1, child: 1), count: missing) }
    for node in order { best[Int(node)] = cheapestStep(node, costs) }
    var model = DiagramModel(cells: Array(repeating: -1, count: domains.count))
    var at = diagram.index
    while at > 1 {
      let step = best[Int(at)]
      model.cells[Int(level(at))] = step.cell
      at = step.child
    }
    return model
  }

  /// The cheapest way down from a node, which has one: only the empty diagram leads nowhere.
  struct Best {
    var cost: Int64
    var cell: Int32
    var child: UInt32
  }

  private func cheapestStep(_ node: UInt32, _ costs: [CellCosts]) -> Best {
    let cost = costs[Int(level(node))]
    var start: Int32 = 0
    var found = Best(cost: .max, cell: -1, child: 0)
    for index in runRange(node) {
      let run = runs[index]
      defer { start = run.end }
      guard run.child != 0 else { continue }
      let here = cost.cheapest(in: start..<run.end)
      let (sum, overflow) = here.cost.addingReportingOverflow(best[Int(run.child)].cost)
      if !overflow, sum < found.cost {
        found = Best(cost: sum, cell: here.cell, child: run.child)
      }
    }
    return found
  }

  /// The nodes of a diagram without the terminals; counting stops past `limit`.
  func nodes(of diagram: Diagram, limit: Int = .max) -> [UInt32] {
    walk &+= 1
    if walk == 0 { marks.removeAll() }
    walk = max(walk, 1)
    if marks.count < levels.count {
      marks += repeatElement(0, count: levels.count - marks.count)
    }
    var found: [UInt32] = []
    var open = [diagram.index]
    while let node = open.popLast(), found.count <= limit {
      guard node > 1, marks[Int(node)] != walk else { continue }
      marks[Int(node)] = walk
      found.append(node)
      for index in runRange(node) where runs[index].child > 1 { open.append(runs[index].child) }
    }
    return found
  }

  /// Whether an assignment is in a diagram; a level without a cell may have any.
  ///
  /// O(levels + runs below the levels without a cell).
  package func contains(_ diagram: Diagram, _ model: DiagramModel) -> Bool {
    var seen: Set<UInt32> = []
    var open = [diagram.index]
    while var at = open.popLast() {
      while at > 1 {
        let cell = model.cells[Int(level(at))]
        let range = runRange(at)
        if cell < 0 {
          if seen.insert(at).inserted { open += range.map { runs[$0].child } }
          at = 0
        } else {
          at = range.first { runs[$0].end > cell }.map { runs[$0].child } ?? 0
        }
      }
      if at == 1 { return true }
    }
    return false
  }

  /// The levels a diagram reads, ascending.
  package func support(of diagram: Diagram) -> [Int] {
    Set(nodes(of: diagram).map { level($0) }).sorted().map(Int.init)
  }

  /// How many nodes a diagram has; counting stops past `limit`.
  package func size(of diagram: Diagram, limit: Int = .max) -> Int {
    nodes(of: diagram, limit: limit).count
  }

  /// The boxes of a diagram that one path each leads to, at most `limit`, in the order of cells:
  /// by level the run of cells, nil where every cell is in it.
  package func boxes(of diagram: Diagram, limit: Int) -> [[Int: Range<Int>]] {
    var boxes: [[Int: Range<Int>]] = []
    var path: [Int: Range<Int>] = [:]
    collect(diagram.index, &path, &boxes, limit)
    return boxes
  }

  private func collect(
    _ node: UInt32, _ path: inout [Int: Range<Int>], _ boxes: inout [[Int: Range<Int>]],
    _ limit: Int
  ) {
    guard node != 0, boxes.count < limit else { return }
    guard node > 1 else {
      boxes.append(path)
      return
    }
    var start: Int32 = 0
    let level = Int(level(node))
    for index in runRange(node) {
      let run = runs[index]
      path[level] = Int(start)..<Int(run.end)
      collect(run.child, &path, &boxes, limit)
      start = run.end
    }
    path[level] = nil
  }
}
