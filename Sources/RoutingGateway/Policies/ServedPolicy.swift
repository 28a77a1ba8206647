package import CallerKeys
package import PolicyExplain
package import PolicyGraph
package import RoutingCatalog
import RoutingRuntime
package import RoutingService

/// One version of a policy, ready to serve: a request is decided by exactly one.
///
/// A class: every request under way holds it.
package final class ServedPolicy: Sendable {
  /// The fingerprints of policy and catalog, as `3f2a…-9c1b…`.
  package let version: String
  package let service: RequestService
  package let explainer: RequestExplainer
  package let catalog: Catalog
  /// Whom it serves; nil: everybody.
  package let keys: KeyRing?
  /// What a request under this version says of its caller.
  let callers: CallerReader
  /// The wall clock of this moment in the policy's zone.
  package let moment: @Sendable () -> LocalMoment

  package init(
    service: RequestService, explainer: RequestExplainer, catalog: Catalog, keys: KeyRing? = nil,
    moment: @escaping @Sendable () -> LocalMoment
  ) {
    let fingerprints = explainer.decider.frozen.fingerprints
    version = "\(fingerprints.policy)-\(fingerprints.catalog)"
    self.service = service
    self.explainer = explainer
    self.catalog = catalog
    self.keys = keys
    callers = CallerReader(explainer.decider.graph.policy)
    self.moment = moment
  }

  /// Whether both decide the same and let the same callers in.
  func isSame(as other: ServedPolicy) -> Bool {
    guard version == other.version else { return false }
    guard let keys, let others = other.keys else { return keys == nil && other.keys == nil }
    return keys.isSame(as: others)
  }
}
