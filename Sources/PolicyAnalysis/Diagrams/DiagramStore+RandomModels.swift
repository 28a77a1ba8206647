package import PolicyUnits

extension DiagramStore {
  /// Some assignment in a diagram, chosen by chance; nil if the diagram is empty.
  ///
  /// Every assignment has a chance, but not an equal one. O(levels + runs on the way).
  package func randomModel(in diagram: Diagram, _ dice: inout Dice) -> DiagramModel? {
    guard diagram != .never else { return nil }
    var model = DiagramModel(cells: Array(repeating: -1, count: domains.count))
    var at = diagram.index
    while at > 1 {
      let range = runRange(at)
      let open = range.filter { runs[$0].child != 0 }
      guard !open.isEmpty else { return nil }
      let chosen = open[dice.below(open.count)]
      let start = chosen == range.lowerBound ? 0 : runs[chosen - 1].end
      model.cells[Int(level(at))] = start + Int32(dice.below(Int(runs[chosen].end - start)))
      at = runs[chosen].child
    }
    return model
  }
}
