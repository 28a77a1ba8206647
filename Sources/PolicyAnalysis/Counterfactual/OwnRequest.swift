import PolicyGraph
import PolicySemantics

/// A request as the analysis reads it: its cells, its values, and what it costs to leave them.
struct OwnRequest {
  let input: RequestInput
  let cells: DiagramModel
  let values: [FieldValue?]
  /// Numbers by their distance; everything else counts one.
  let costs: [CellCosts]
  /// By level: the names of the fields that change it.
  let fields: [[String]]
  /// All of them; first those a caller changes most easily, which is what decides between equals.
  let names: [String]
  private let regions: RegionSpace

  init(_ input: RequestInput, _ regions: RegionSpace) throws(RequestReader.Failure) {
    let reader = regions.witnesses.readers[0]
    let cells = try reader.cells(of: input)
    let values = try reader.values(of: input)
    let variables = regions.space.variables
    self.input = input
    self.cells = cells
    self.values = values
    self.regions = regions
    costs = variables.indices.map { level in
      let variable = variables[level]
      var costs = CellCosts(preferred: cells[level] ?? variable.plain, weight: 1)
      if case .number(let number) = values[level] {
        costs.byCell = variable.cells.map { cell in
          guard let near = cell.number(nearest: number) else { return 1 }
          return min(1 << 40, Int64(clamping: near.distance(to: number).magnitude))
        }
      }
      return costs
    }
    let fields = variables.map { $0.field.callerFields(in: input) }
    self.fields = fields
    var ease: [String: Int] = [:]
    for (variable, names) in zip(variables, fields) {
      for name in names { ease[name] = variable.field.ease(as: name) }
    }
    names = ease.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
  }

  /// What is left of a region if every field but some stays as it is.
  func hold(allBut changed: Set<String>, in region: Diagram) throws(DiagramsTooLarge) -> Diagram {
    var held = cells
    for (level, names) in fields.enumerated() where !changed.isDisjoint(with: names) {
      held.cells[level] = -1
    }
    return try regions.store.and(region, try regions.cube(held))
  }

  /// Whether, as far as the ties tell, some request of a region changes these fields only.
  func isLeft(changing names: Set<String>, in region: Diagram) throws(DiagramsTooLarge) -> Bool {
    let held = try hold(allBut: names, in: region)
    return try regions.nearest(in: held, to: cells, costs: costs) != nil
  }

  /// What it costs to come to other cells.
  func distance(to other: DiagramModel) -> Int64 {
    costs.indices.reduce(0) { sum, level in
      guard let cell = other[level], cell != cells[level] else { return sum }
      return sum + (costs[level].byCell.isEmpty ? 1 : costs[level].byCell[cell])
    }
  }
}
