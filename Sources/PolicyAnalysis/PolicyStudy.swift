package import PolicyGraph
package import PolicySemantics

/// Answers questions about a policy, or about two that are compared, exactly or not at all.
///
/// A question is asked over a ``RegionSpace``. If its diagrams grow too large it is asked again with
/// the fields in another order; if no order will do, the answer is ``NotDecided``. What one question
/// used up does not count against the next.
package final class PolicyStudy {
  package let graphs: [DecisionGraph]
  private let limits: DiagramLimits
  /// Tests no condition makes, that the space tells apart all the same.
  private let extra: [RequestTest]
  private var current: RegionSpace?
  /// Why there is no space, once that is known: looking again would find the same.
  private var obstacle: NotDecided?
  /// The orders left, the current one first.
  private var orders = FieldSpace.Order.allCases
  /// Steps that questions without an answer may still take together, about a second of them; more
  /// for a long policy, whose first question makes what all others share.
  ///
  /// Each attempt gets a third of them, so that a policy with a hundred hard questions ends as soon
  /// as one with three; a question that takes few steps is answered whatever came before it.
  private var patience: Int
  private static let leastSteps = 10_000
  var knownReachability: [Reachability]?

  package init(
    _ graph: DecisionGraph, limits: DiagramLimits = DiagramLimits(),
    reading extra: [RequestTest] = []
  ) {
    graphs = [graph]
    self.limits = limits
    self.extra = extra
    patience = Self.patience(for: graphs)
  }

  package init(
    comparing old: DecisionGraph, with new: DecisionGraph, limits: DiagramLimits = DiagramLimits()
  ) {
    graphs = [old, new]
    self.limits = limits
    extra = []
    patience = Self.patience(for: graphs)
  }

  private static func patience(for graphs: [DecisionGraph]) -> Int {
    graphs.reduce(3_000_000) { $0 + 1_500 * $1.policy.routes.count }
  }

  package var graph: DecisionGraph { graphs[0] }

  /// Asks a question, in as many orders of the fields as it takes.
  ///
  /// The space is kept for the next question, so that shared regions are made once; diagrams must
  /// not leave the question.
  package func ask<Answer>(
    _ question: (RegionSpace) throws(DiagramsTooLarge) -> Answer
  ) throws(NotDecided) -> Answer {
    var nodes = 0
    for _ in FieldSpace.Order.allCases {
      let regions = try space()
      let share = patience / 3
      regions.store.startCounting(upTo: max(share, Self.leastSteps))
      do throws(DiagramsTooLarge) {
        return try question(regions)
      } catch {
        patience = max(0, patience - regions.store.steps)
        nodes = max(nodes, error.nodes)
        // A store that is not full is of use to the next question.
        if share < Self.leastSteps, regions.store.hasRoom { break }
        current = nil
        orders.append(orders.removeFirst())
      }
    }
    throw .tooLarge(nodes: nodes)
  }

  private func space() throws(NotDecided) -> RegionSpace {
    if let current { return current }
    if let obstacle { throw obstacle }
    do throws(NotDecided) {
      let made = try RegionSpace(graphs, order: orders[0], limits: limits, reading: extra)
      current = made
      return made
    } catch {
      obstacle = error
      throw error
    }
  }
}
