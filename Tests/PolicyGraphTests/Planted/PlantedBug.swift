import PolicySemantics

@testable import PolicyGraph

/// A mistake an evaluator could have, planted into the arrays of a lowered graph.
struct PlantedBug: Sendable, CustomStringConvertible {
  let name: String
  /// Plants it; false if the policy has no place for it.
  let plant: @Sendable (inout GraphParts, inout SeededRandom) -> Bool

  var description: String { name }

  init(
    _ name: String, _ plant: @escaping @Sendable (inout GraphParts, inout SeededRandom) -> Bool
  ) {
    self.name = name
    self.plant = plant
  }

  static let all: [PlantedBug] = inAtoms + inGuards + inShared + inIndex

  /// Changes one atom that fits, chosen at random.
  private static func atom(
    _ name: String, where fits: @escaping @Sendable (Atom, GraphParts) -> Bool,
    _ change: @escaping @Sendable (inout Atom, GraphParts) -> Void
  ) -> PlantedBug {
    PlantedBug(name) { parts, random in
      let places = parts.atoms.indices.filter { fits(parts.atoms[$0], parts) }
      guard !places.isEmpty else { return false }
      let place = random.pick(places)
      var atom = parts.atoms[place]
      change(&atom, parts)
      parts.atoms[place] = atom
      return true
    }
  }

  private static let inAtoms: [PlantedBug] = [
    atom("at least becomes more than", where: { atom, _ in isAtLeast(atom) }) { atom, _ in
      atom.operand += 1
      atom.width -= 1
    },
    atom("at most becomes less than", where: { atom, _ in isAtMost(atom) }) { atom, _ in
      atom.width -= 1
    },
    atom("more than becomes at least", where: { atom, _ in isMoreThan(atom) }) { atom, _ in
      atom.width -= 1
    },
    atom("a length is one off", where: { atom, _ in atom.operation == .lateOutside }) { atom, _ in
      if atom.operand == .min { atom.width += 1 } else { atom.operand += 1 }
    },
    atom(
      "a label is swapped for the next",
      where: { atom, parts in
        isLabelFact(atom, parts) && atom.operation == .within && atom.width == 0
      }
    ) { atom, _ in atom.operand = (atom.operand + 1) % 4 },
    atom("a list of labels loses one", where: { atom, _ in atom.operation == .inMask }) {
      atom, _ in atom.operand &= atom.operand - 1
    },
    atom("a fact is read from its neighbour", where: { atom, parts in isLabelFact(atom, parts) }) {
      atom, _ in atom.source ^= 1
    },
    atom("a name is taken for another", where: { atom, parts in isName(atom, parts) }) {
      atom, _ in atom.operand += 1
    },
    atom(
      "a scan's answer is read one place off",
      where: { atom, _ in atom.operation == .scanned && atom.source == 0 && atom.operand > 0 }
    ) { atom, _ in atom.operand -= 1 },
    PlantedBug("a text is never scanned") { parts, random in
      let places = parts.scans.sets.indices.filter { parts.scans.sets[$0] != nil }
      guard !places.isEmpty else { return false }
      parts.scans.sets[random.pick(places)] = nil
      return true
    },
    PlantedBug("a tools test forgets its names") { parts, _ in
      guard !parts.scans.tools.isEmpty else { return false }
      parts.scans.tools[0] = []
      return true
    },
    PlantedBug("one text is measured for another") { parts, _ in
      guard let place = parts.slots.read.firstIndex(of: .chars(.prompt)) else { return false }
      parts.slots.read[place] = .chars(.question)
      return true
    },
  ]

  private static func isAtLeast(_ atom: Atom) -> Bool {
    atom.operation == .within && atom.operand > .min && atom.interval.upperBound == .max
  }

  private static func isAtMost(_ atom: Atom) -> Bool {
    atom.operation == .within && atom.operand == .min
  }

  private static func isMoreThan(_ atom: Atom) -> Bool {
    atom.operation == .outside && atom.operand == .min
  }

  /// The two label facts stand side by side, at places 4 and 5.
  private static func isLabelFact(_ atom: Atom, _ parts: GraphParts) -> Bool {
    (atom.operation == .inMask || atom.operation == .within && atom.width == 0)
      && (4...5).contains(atom.source)
  }

  private static func isName(_ atom: Atom, _ parts: GraphParts) -> Bool {
    guard atom.operation == .within, atom.width == 0 else { return false }
    return parts.slots.source(ofSlot: Int(atom.source)) == .model
  }

  private static let inShared: [PlantedBug] = [
    PlantedBug("a line of points weighs more") { parts, random in
      guard !parts.weights.isEmpty else { return false }
      let points = random.below(parts.weights.count)
      parts.weights[points][random.below(parts.weights[points].count)] += 1
      return true
    },
    PlantedBug("two tasks change places") { parts, _ in
      guard parts.taskOfChild.count > 1 else { return false }
      parts.taskOfChild.swapAt(0, 1)
      return true
    },
    PlantedBug("the last task is forgotten") { parts, _ in
      guard parts.lastTask != nil else { return false }
      parts.lastTask = nil
      return true
    },
    PlantedBug("two named conditions change places") { parts, _ in
      guard parts.policy.conditions.count > 1 else { return false }
      parts.pieces.swapAt(0, 1)
      return true
    },
    PlantedBug("a default is lost") { parts, _ in
      guard parts.policy.facts.indices.contains(2) else { return false }
      parts.facts[2] = FactReader(FactID(2), parts.policy.facts[2], byDefault: .count(0))
      return true
    },
  ]
}
