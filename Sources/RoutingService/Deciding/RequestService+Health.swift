package import PolicyGraph
import RoutingCalls

extension RequestService {
  /// Writes down which of the models its policy asks about cannot be called now.
  ///
  /// Nothing is looked up for a policy that does not say `healthy(…)`.
  package func noteHealth(in input: inout RequestInput) {
    guard !healthRead.isEmpty else { return }
    input.state.unhealthy.formUnion(runner.unhealthy(among: healthRead))
  }
}
