import PolicyGraph
import PolicySemantics
import PolicySyntax

/// The numbers on either side of every comparison of a policy, as tests: each gets a cell of its own.
enum EdgeTests {
  static func tests(of graph: DecisionGraph) -> [RequestTest] {
    var found: [RequestTest] = []
    for atom in 0..<graph.atomCount {
      guard case .number(let field, let comparison, let number) = graph.test(of: AtomID(atom)),
        let test = NumberTest(field, comparison, number, graph.policy)
      else { continue }
      for cut in test.cuts.sorted() {
        for edge in [cut - 1, cut] { found.append(.number(field.measured, .equal, edge)) }
      }
    }
    return found
  }
}

extension NumberField {
  /// The field whose numbers the analysis cuts: shares of a budget, and what is left of it, are
  /// what is used of it.
  fileprivate var measured: NumberField {
    switch self {
    case .budgetUsedShare(let id), .budgetLeftShare(let id), .budgetLeft(let id): .budgetUsed(id)
    case .maxTokens, .temperature, .tools, .images, .messages, .turn, .chars, .tokens, .lines,
      .hour, .date, .points, .fact, .budgetUsed:
      self
    }
  }
}
