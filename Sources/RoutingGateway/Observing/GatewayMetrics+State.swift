import CoreMetrics
import PrometheusMetrics

// What is set rather than counted.
extension GatewayMetrics {
  /// How a reading of the policy ended.
  package enum Reload: String, CaseIterable, Sendable {
    case swapped, unchanged, refused
  }

  package func observe(_ reload: Reload) {
    count(GatewayMetric.reloads, reload.rawValue)
  }

  /// From now on this version decides; `time` in seconds since 1970.
  package func serve(version: String, loadedAt time: Int64) {
    replaceVersion(version)
    factory.meter(GatewayMetric.policyLoaded).set(time)
  }

  /// Right before the metrics are read.
  package func set(_ figures: Admission.Figures) {
    factory.meter(GatewayMetric.inFlight).set(figures.inFlight)
    factory.meter(GatewayMetric.queued).set(figures.queued)
    factory.meter(GatewayMetric.bodyBytes).set(figures.bodyBytes)
  }

  /// One deployment's circuit.
  package enum Circuit: Int, CaseIterable, Sendable {
    case closed = 0
    case probing, open
  }

  package func set(_ circuit: Circuit, model: String, provider: String, region: String?) {
    let labels = [("model", model), ("provider", provider), ("region", region ?? "")]
    factory.meter(GatewayMetric.circuits, labels).set(circuit.rawValue)
  }
}
