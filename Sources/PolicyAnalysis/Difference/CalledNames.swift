package import PolicySemantics
import RoutingRuntime

/// What of its catalog a policy may call, by name: for answers, judges, classifiers, compressions,
/// shadows and vectors.
///
/// Read off the frozen plans, which are all that is ever called, whether or not a request gets there.
package struct CalledNames: Sendable {
  package private(set) var models: Set<String> = []
  package private(set) var embedders: Set<String> = []

  package init(_ policy: CheckedPolicy) { self.init(FrozenPolicy(policy)) }

  /// O(calls of all routes).
  private init(_ frozen: FrozenPolicy) {
    let policy = frozen.policy
    let classifiers = policy.classifiers.enumerated().compactMap {
      ArmSkeleton.asking(ClassifierID($0), $1, in: policy)
    }
    for arm in frozen.routes.flatMap(\.arms) + classifiers {
      for call in arm.calls { add(call.step.target, policy) }
    }
  }

  private mutating func add(_ target: CallTarget, _ policy: CheckedPolicy) {
    switch target {
    case .model(let id): models.insert(policy[id].name)
    case .embedder(let id): embedders.insert(policy[id].name)
    case .requested: models.formUnion(policy.vocabulary.models.map(\.name))
    }
  }

  package mutating func formUnion(_ other: Self) {
    models.formUnion(other.models)
    embedders.formUnion(other.embedders)
  }
}
