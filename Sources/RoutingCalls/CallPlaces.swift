import PolicySemantics
import RoutingCatalog
import RoutingHealth
import RoutingRuntime

/// Where one call may go: the deployments a plan keeps, with what each needs.
final class CallPlaces {
  let order: CallOrder
  let model: CatalogModel
  /// Indices into the model's deployments, at least one.
  let kept: [Int]
  /// Those of them whose key is there.
  let usable: [Int]
  /// One for each kept, in the same order.
  private let calls: [UpstreamCall]

  /// Nil if the plan keeps none, or names a provider the catalog lacks.
  init?(_ order: CallOrder, plan: Plan, catalog: Catalog, _ settings: CallSettings) {
    guard plan.calls.indices.contains(order.call),
      catalog.models.indices.contains(order.model.index)
    else { return nil }
    let model = catalog.models[order.model.index]
    var calls: [UpstreamCall] = []
    var kept: [Int] = []
    for index in plan.calls[order.call].deployments {
      guard model.deployments.indices.contains(index),
        let provider = catalog.provider(named: model.deployments[index].provider)
      else { continue }
      let deployment = model.deployments[index]
      calls.append(UpstreamCall(order, deployment, provider))
      kept.append(index)
    }
    guard !kept.isEmpty else { return nil }
    self.order = order
    self.model = model
    self.kept = kept
    self.calls = calls
    usable = zip(kept, calls).filter { !$1.lacksKey(settings) }.map(\.0)
  }

  func call(_ index: Int) -> UpstreamCall? {
    kept.firstIndex(of: index).map { calls[$0] }
  }

  /// The one a refusal is told of.
  func call(of name: DeploymentName?) -> UpstreamCall? {
    let index = kept.first { DeploymentName(model.deployments[$0]) == name }
    return (index ?? usable.first ?? kept.first).flatMap(call)
  }
}

extension CallPlaces {
  /// No deployment may be called now.
  func held(_ refusal: NoCall) -> CallReading {
    // A limit is waited for; what fails is left to its next probe.
    reader(of: call(of: refusal.deployment))
      .held(refusal, isRepeatable: refusal.reason.isLimit && refusal.wait != nil)
  }

  /// Nobody waited for it any more.
  func cancelled() -> CallReading { reader(of: call(of: nil)).cancelledBeforeSending() }

  /// No deployment's key is there.
  func withoutKey(_ settings: CallSettings) -> CallReading {
    let call = call(of: nil)
    let variable = call?.keyVariable(settings) ?? "the key of \(model.name)"
    return reader(of: call)
      .refused("\(variable) is not set, or is no key that fits in a header")
  }

  private func reader(of call: UpstreamCall?) -> CallReader {
    guard let call else { return .nowhere(order) }
    return CallReader(
      deployment: call.deployment, provider: call.provider, planned: order.call, key: nil)
  }
}
