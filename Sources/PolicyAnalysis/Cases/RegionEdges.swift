import PolicyGraph
import PolicySemantics
import PolicySource

/// The edges of what a route decides: for every field its condition reads, every cell that some
/// request of the route is in.
struct RegionEdges {
  private let regions: RegionSpace
  private let route: RouteID

  /// A request looked for.
  struct Search {
    /// The edge in words; nil for the route as such.
    let edge: String?
    let result: WitnessSearch
    /// Whether the route takes the request; if not, another does that is told apart by one number.
    var isInside = true
  }

  init(_ regions: RegionSpace, _ route: RouteID) {
    self.regions = regions
    self.route = route
  }

  /// The route as such, then each of its cells but those of numbers.
  func searches() throws(DiagramsTooLarge) -> [Search] {
    let whole = try regions.witness(in: try regions.decides(route))
    guard case .found = whole else { return [Search(edge: nil, result: whole)] }
    return [Search(edge: nil, result: whole)]
      + (try cells { variable in
        variable.isOfNumbers ? [] : Array(variable.cells.indices)
      })
  }

  /// The numbers on either side of a comparison.
  func numberSearches() throws(DiagramsTooLarge) -> [Search] {
    try cells { variable in
      variable.cells.indices.filter { variable.isSingle($0) }
    }
  }

  /// What the route does not take for one field alone: the labels it does not name, the text that is
  /// not there, whoever else asks.
  func otherSearches() throws(DiagramsTooLarge) -> [Search] {
    let region = try regions.decides(route)
    let own = try regions.holds(.route(route))
    var found: [Search] = []
    for level in regions.store.support(of: own) {
      let variable = regions.space.variables[level]
      guard !variable.isOfNumbers else { continue }
      let taken = try variable.cells.indices.map { cell throws(DiagramsTooLarge) in
        try regions.store.fixing(level, at: cell, in: region)
      }
      var any = Diagram.never
      for part in taken { any = try regions.store.or(any, part) }
      for (cell, inside) in taken.enumerated() {
        let here = try regions.store.and(
          try regions.store.minus(any, inside),
          try regions.store.literal(level: level, cells: [cell..<(cell + 1)]))
        guard here != .never else { continue }
        found.append(
          Search(
            edge: variable.field.words(in: variable.cells[cell], regions.graphs[0].policy),
            result: try regions.witness(in: here), isInside: false))
      }
    }
    return found
  }

  /// The numbers next to those the route takes, where another route takes what differs in nothing
  /// else.
  func outsideSearches() throws(DiagramsTooLarge) -> [Search] {
    let region = try regions.decides(route)
    let own = try regions.holds(.route(route))
    var found: [Search] = []
    for level in regions.store.support(of: own) {
      let variable = regions.space.variables[level]
      let single = variable.cells.indices.filter { variable.isSingle($0) }
      for (low, high) in zip(single, single.dropFirst()) where high == low + 1 {
        let below = try regions.store.fixing(level, at: low, in: region)
        let above = try regions.store.fixing(level, at: high, in: region)
        for (cell, side, taken, left) in [
          (low, "just below", above, below), (high, "just above", below, above),
        ] {
          let here = try regions.store.and(
            try regions.store.minus(taken, left),
            try regions.store.literal(level: level, cells: [cell..<(cell + 1)]))
          guard here != .never else { continue }
          let place = variable.field.words(in: variable.cells[cell], regions.graphs[0].policy)
          found.append(
            Search(
              edge: "\(side), \(place)", result: try regions.witness(in: here), isInside: false))
        }
      }
    }
    return found
  }

  private func cells(
    _ wanted: (FieldVariable) -> [Int]
  ) throws(DiagramsTooLarge) -> [Search] {
    let region = try regions.decides(route)
    let own = try regions.holds(.route(route))
    var found: [Search] = []
    for level in regions.store.support(of: own) {
      let variable = regions.space.variables[level]
      for cell in wanted(variable) {
        let literal = try regions.store.literal(level: level, cells: [cell..<(cell + 1)])
        let here = try regions.store.and(region, literal)
        guard here != .never else { continue }
        found.append(
          Search(
            edge: variable.field.words(in: variable.cells[cell], regions.graphs[0].policy),
            result: try regions.witness(in: here)))
      }
    }
    return found
  }
}

extension FieldVariable {
  /// Whether a cell is one number.
  fileprivate func isSingle(_ cell: Int) -> Bool {
    guard case .range(let range) = cells[cell] else { return false }
    return range.lowerBound == range.upperBound
  }

  fileprivate var isOfNumbers: Bool {
    if case .range = cells.first { true } else { false }
  }
}

extension AnalysisField {
  /// The field with a cell of it: `prompt.tokens from 4001`, `plan = free`.
  func words(in cell: FieldCell, _ policy: CheckedPolicy) -> String {
    switch (self, cell) {
    case (.text(let part, let probe), .yes): "\(part.rawValue) \(probe.words)"
    case (.text(let part, let probe), .no): "\(part.rawValue) not \(probe.words)"
    case (.tool, .yes): words
    case (.tool, .no): "not \(words)"
    case (_, .yes): "\(words) = true"
    case (_, .no): "\(words) = false"
    case (_, .label(let label)): "\(words) = \(label)"
    case (_, .name(let name)): "\(words) = \(name.text.asPolicyText)"
    case (_, .otherName): "\(words) = another"
    case (_, .absent): "no \(words)"
    case (_, .range(let range)): "\(words) \(span(range, policy))"
    }
  }

  private func span(_ range: ClosedRange<Int64>, _ policy: CheckedPolicy) -> String {
    let (low, high) = (value(range.lowerBound, policy), value(range.upperBound, policy))
    if range.lowerBound == range.upperBound { return "= \(low)" }
    if range.upperBound >= numbers.upperBound { return "from \(low)" }
    return range.lowerBound <= numbers.lowerBound ? "to \(high)" : "from \(low) to \(high)"
  }

  /// A number in the field's own unit.
  func value(_ number: Int64, _ policy: CheckedPolicy) -> String {
    switch self {
    case .temperature: return RequestBlock.decimal(number, places: 6)
    case .date: return RequestBlock.day(number)
    case .budgetUsed(let name):
      guard let budget = policy.budgets.first(where: { $0.name == name }) else {
        return "\(number)"
      }
      return RequestBlock.amount(number, of: budget, policy)
    case .stream, .healthy, .format, .weekday, .hour, .maxTokens, .tools, .images, .messages, .turn,
      .chars, .tokens, .lines, .model, .language, .identity, .fact, .classifier, .tool, .text:
      return "\(number)"
    }
  }
}
