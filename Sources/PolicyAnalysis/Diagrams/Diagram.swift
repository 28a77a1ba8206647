/// A reduced multi-valued decision diagram: a set of assignments of cells to variables.
///
/// Made by one ``DiagramStore`` and only of use with it. Equal sets are equal diagrams, so whether
/// a set is empty, whole or the same as another is one comparison.
package struct Diagram: Hashable, Sendable {
  let index: UInt32

  /// The empty set.
  package static let never = Diagram(index: 0)
  /// Every assignment.
  package static let always = Diagram(index: 1)

  var isTerminal: Bool { index < 2 }
}

/// How much work a store may do before it gives up.
package struct DiagramLimits: Hashable, Sendable {
  /// Nodes kept.
  package var nodes = 500_000
  /// Steps of all operations of one question: pairs of nodes looked at, and the runs of those.
  package var steps = 20_000_000
  /// Variables.
  package var variables = 1_000

  package init() {}
}

/// The diagrams grew past a limit.
package struct DiagramsTooLarge: Error, Hashable, Sendable {
  package let nodes: Int
}
