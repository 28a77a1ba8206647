import PolicySemantics
import TextPatterns

/// What holds of every request whatever a policy says: the ties between the variables of a space.
///
/// Each constraint is true of all requests, so taking one into a region never loses a request. They
/// need not be complete: a region that is empty for a reason no constraint states is found out when
/// no request can be built in it, and is then *not decided*, never a finding.
struct Theory: Sendable {
  private(set) var constraints: [TheoryConstraint] = []
  /// The constraints that read a level.
  private(set) var byLevel: [[Int]]

  init(_ space: FieldSpace) {
    byLevel = Array(repeating: [], count: space.variables.count)
    var found = MomentTies.constraints(space) + MeasureTies.constraints(space)
    found += IdentityTies.constraints(space) + TextTies.constraints(space)
    for constraint in found { add(constraint) }
  }

  private mutating func add(_ constraint: TheoryConstraint) {
    for level in constraint.levels { byLevel[level].append(constraints.count) }
    constraints.append(constraint)
  }
}

/// One tie between variables.
enum TheoryConstraint: Sendable {
  /// If the text at a level passes, then all of one of these do too.
  case implies(level: Int, anyOf: [[Int]])
  /// The cells of two levels that go together: by cell of the first, the runs of the second.
  case pairs(first: Int, second: Int, allowed: [[Range<Int>]])
  /// No more of these levels hold than the number at `count` says.
  case atMost(levels: [Int], count: Int)

  var levels: [Int] {
    switch self {
    case .implies(let level, let alternatives): Array(Set([level] + alternatives.joined()))
    case .pairs(let first, let second, _): [first, second]
    case .atMost(let levels, let count): levels + [count]
    }
  }

  /// Whether a model's cells meet it, whatever the levels without one have.
  ///
  /// May say no where it does; `cells` counts those of a level. O(its levels).
  func isSettled(by model: DiagramModel, cells: (Int) -> Int) -> Bool {
    switch self {
    case .implies(let level, let alternatives):
      model.cells[level] == 0
        || alternatives.contains { $0.allSatisfy { model.cells[$0] == 1 } }
    case .pairs(let first, let second, let allowed):
      if let cell = model[first], allowed.indices.contains(cell) {
        if let other = model[second] {
          allowed[cell].contains { $0.contains(other) }
        } else {
          allowed[cell].contains { $0.lowerBound <= 0 && $0.upperBound >= cells(second) }
        }
      } else if let other = model[second] {
        allowed.allSatisfy { runs in runs.contains { $0.contains(other) } }
      } else {
        false
      }
    case .atMost: false
    }
  }

  /// The assignments it allows.
  func diagram(
    in store: DiagramStore, _ space: FieldSpace
  ) throws(DiagramsTooLarge) -> Diagram {
    switch self {
    case .implies(let level, let alternatives):
      var allowed = try store.literal(level: level, cells: [0..<1])
      for together in alternatives {
        var all = Diagram.always
        for other in together {
          all = try store.and(all, try store.literal(level: other, cells: [1..<2]))
        }
        allowed = try store.or(allowed, all)
      }
      return allowed
    case .pairs(let first, let second, let byCell):
      var allowed = Diagram.never
      for (cell, runs) in byCell.enumerated() {
        let here = try store.and(
          try store.literal(level: first, cells: [cell..<(cell + 1)]),
          try store.literal(level: second, cells: runs))
        allowed = try store.or(allowed, here)
      }
      return allowed
    case .atMost(let levels, let count):
      return try TheoryConstraint.atMost(levels, count, store, space)
    }
  }

  /// For each number of tools held, the cells of the count that reach it.
  private static func atMost(
    _ levels: [Int], _ count: Int, _ store: DiagramStore, _ space: FieldSpace
  ) throws(DiagramsTooLarge) -> Diagram {
    // By how many hold among the levels looked at so far.
    var held: [Diagram] = [.always]
    for level in levels {
      let yes = try store.literal(level: level, cells: [1..<2])
      let no = try store.literal(level: level, cells: [0..<1])
      var next = Array(repeating: Diagram.never, count: held.count + 1)
      for (number, diagram) in held.enumerated() {
        next[number] = try store.or(next[number], try store.and(diagram, no))
        next[number + 1] = try store.or(next[number + 1], try store.and(diagram, yes))
      }
      held = next
    }
    var allowed = Diagram.never
    for (number, diagram) in held.enumerated() {
      let cells = FieldVariable.runs(
        space.variables[count].cells.indices.filter {
          guard case .range(let range) = space.variables[count].cells[$0] else { return false }
          return range.upperBound >= Int64(number)
        })
      let enough = try store.literal(level: count, cells: cells)
      allowed = try store.or(allowed, try store.and(diagram, enough))
    }
    return allowed
  }
}

extension FieldSpace {
  /// The pairs of cells of two fields that some request may have together; nil if every pair may,
  /// or if one of the fields is not read.
  func pairs(
    _ first: AnalysisField, _ second: AnalysisField, where allowed: (FieldCell, FieldCell) -> Bool
  ) -> TheoryConstraint? {
    guard let a = level(of: first), let b = level(of: second) else { return nil }
    let cells = variables[b].cells
    let byCell = variables[a].cells.map { cell in
      FieldVariable.runs(cells.indices.filter { allowed(cell, cells[$0]) })
    }
    guard byCell.contains(where: { $0 != [0..<cells.count] }) else { return nil }
    return .pairs(first: a, second: b, allowed: byCell)
  }
}
