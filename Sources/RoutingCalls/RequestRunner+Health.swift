package import PolicySemantics
import RoutingCatalog
import RoutingHealth

extension RequestRunner {
  /// Those of the models that no deployment answers for now: every circuit of theirs is open, and no
  /// probe is due.
  package func unhealthy(among models: [ModelID]) -> Set<ModelID> {
    var open: Set<ModelID> = []
    for model in models where catalog.models.indices.contains(model.index) {
      if !health.isHealthy(catalog.models[model.index]) { open.insert(model) }
    }
    return open
  }
}
