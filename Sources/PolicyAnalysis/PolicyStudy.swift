package import PolicyGraph

/// Answers questions about a policy, or about two that are compared, exactly or not at all.
///
/// A question is asked over a ``RegionSpace``. If its diagrams grow too large it is asked again with
/// the fields in another order; if no order will do, the answer is ``NotDecided``. What one question
/// used up does not count against the next.
package final class PolicyStudy {
  package let graphs: [DecisionGraph]
  private let limits: DiagramLimits
  private var current: RegionSpace?
  /// The orders left, the current one first.
  private var orders = FieldSpace.Order.allCases
  private var failures = 0
  var knownReachability: [Reachability]?
  /// Each failure has cost a store full of nodes; a policy with this many is answered no more.
  private static let mostFailures = 9

  package init(_ graph: DecisionGraph, limits: DiagramLimits = DiagramLimits()) {
    graphs = [graph]
    self.limits = limits
  }

  package init(
    comparing old: DecisionGraph, with new: DecisionGraph, limits: DiagramLimits = DiagramLimits()
  ) {
    graphs = [old, new]
    self.limits = limits
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
    for _ in FieldSpace.Order.allCases where failures < Self.mostFailures {
      let regions = try space()
      regions.store.startCounting()
      do throws(DiagramsTooLarge) {
        return try question(regions)
      } catch {
        failures += 1
        nodes = max(nodes, error.nodes)
        current = nil
        orders.append(orders.removeFirst())
      }
    }
    throw .tooLarge(nodes: nodes)
  }

  private func space() throws(NotDecided) -> RegionSpace {
    if let current { return current }
    let made = try RegionSpace(graphs, order: orders[0], limits: limits)
    current = made
    return made
  }
}
