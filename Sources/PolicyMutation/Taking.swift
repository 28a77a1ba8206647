import PolicyGraph
import PolicySemantics

/// Which route takes a request, and its task: in names, so that two policies can be held against each
/// other.
struct Taking: Hashable {
  let route: String
  /// Nil where the policy has no tasks.
  let task: String?

  /// Finds it for one request after another, in the same room.
  final class Finder {
    private let graph: DecisionGraph
    private var scratch: Scratch

    init(_ graph: DecisionGraph) {
      self.graph = graph
      scratch = Scratch(for: graph)
    }

    /// Nil where it is not certain: the request does not fit the policy's facts, or a classifier has
    /// to answer first.
    func taking(_ input: RequestInput) -> Taking? {
      guard var facts = try? graph.facts(of: input),
        case .route(let route, let task) = graph.decide(&facts, in: &scratch),
        task != nil || graph.policy.tasks.isEmpty
      else { return nil }
      return Taking(
        route: graph.policy[route].name, task: task.map { graph.policy[$0].name })
    }
  }
}

extension Mutant.Reach {
  /// Whether a request may be treated otherwise that the policy takes so; `routes` are the mutant's.
  func includes(_ input: RequestInput, taken: Taking?, _ routes: Taking.Finder) -> Bool {
    guard let taken else { return true }
    switch self {
    case .taking: return routes.taking(input) != taken
    case .route(let name): return taken.route == name
    case .anything: return true
    }
  }
}
