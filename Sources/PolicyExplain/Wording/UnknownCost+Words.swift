package import PolicySemantics
package import RoutingRuntime

extension UnknownCost {
  /// Why a cost is unknown, in the names of the policy.
  package func words(in policy: CheckedPolicy) -> String {
    switch self {
    case .price(let id): "\(policy[id].name) has no price"
    case .embedderPrice(let id): "\(policy[id].name) has no price"
    case .outputCap(let id): "nothing limits the answer of \(policy[id].name)"
    case .images(let id): "images have no tariff at \(policy[id].name)"
    case .acceptance(let id): "no acceptance rate for \(policy[id].name)"
    case .undecided(let id): "classifier \(policy[id].name) has to answer first"
    }
  }
}
