import PolicyGraph
import PolicySemantics

/// The requests a policy refuses before any route, as their facts do not fit its declarations.
///
/// Only where the policy it is compared with would take them: what neither takes is no difference.
enum FactRefusals {
  /// Regions that are apart, each with what is said to the caller.
  static func regions(
    of side: Int, in regions: RegionSpace
  ) throws(DiagramsTooLarge) -> [(region: Diagram, treatment: Treatment)] {
    let policy = regions.graphs[side].policy
    var found: [(region: Diagram, treatment: Treatment)] = []
    var seen = Diagram.never
    for fact in policy.facts {
      guard let level = regions.space.level(of: .fact(fact.name)) else { continue }
      let variable = regions.space.variables[level]
      for (cell, value) in variable.cells.enumerated() {
        guard let problem = problem(value, fact) else { continue }
        let here = try regions.store.literal(level: level, cells: [cell..<(cell + 1)])
        let region = try regions.store.minus(here, seen)
        seen = try regions.store.or(seen, here)
        var treatment = Treatment()
        treatment.aspects[.refusal] = AspectText(problem)
        if region != .never { found.append((region, treatment)) }
      }
    }
    return found
  }

  private static func problem(_ cell: FieldCell, _ fact: CheckedFact) -> String? {
    switch cell {
    case .label(let label):
      guard case .labels(let labels) = fact.type, !labels.contains(label) else { return nil }
      return "fact \(fact.name) may not be \(label)"
    case .absent: return fact.byDefault == nil ? "fact \(fact.name) is required" : nil
    case .no, .yes, .range, .name, .otherName: return nil
    }
  }
}
