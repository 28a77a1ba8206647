extension DiagramStore {
  /// Where a diagram holds if a level's variable is taken to have a cell, whatever it has.
  ///
  /// O(nodes of the diagram and their runs), and as many unions as nodes above the level have
  /// distinct children.
  package func fixing(
    _ level: Int, at cell: Int, in diagram: Diagram
  ) throws(DiagramsTooLarge) -> Diagram {
    guard !diagram.isTerminal else { return diagram }
    var fixed: [UInt32: Diagram] = [0: .never, 1: .always]
    // What a node leads to was made before it.
    for node in nodes(of: diagram).sorted() {
      if self.level(node) > level {
        fixed[node] = Diagram(index: node)
      } else if self.level(node) == level {
        let child = runRange(node).first { runs[$0].end > cell }.map { runs[$0].child } ?? 0
        fixed[node] = Diagram(index: child)
      } else {
        fixed[node] = try rebuilt(node, fixed)
      }
    }
    return fixed[diagram.index] ?? .never
  }

  /// The node with what its children have become.
  private func rebuilt(
    _ node: UInt32, _ fixed: [UInt32: Diagram]
  ) throws(DiagramsTooLarge) -> Diagram {
    let level = Int(level(node))
    var cells: [Diagram: [Range<Int>]] = [:]
    var children: [Diagram] = []
    var start = 0
    for index in runRange(node) {
      let child = fixed[runs[index].child] ?? .never
      let end = Int(runs[index].end)
      defer { start = end }
      guard child != .never else { continue }
      if cells[child] == nil { children.append(child) }
      if let last = cells[child]?.last, last.upperBound == start {
        cells[child]?.removeLast()
        cells[child]?.append(last.lowerBound..<end)
      } else {
        cells[child, default: []].append(start..<end)
      }
    }
    var found = Diagram.never
    for child in children {
      let here = try literal(level: level, cells: cells[child] ?? [])
      found = try or(found, try and(here, child))
    }
    return found
  }
}
