import CoreMetrics
import PrometheusMetrics
package import RoutingCache
package import RoutingHealth
import Synchronization

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

  /// Right before the metrics are read.
  package func set(_ cache: CacheStats) {
    factory.meter(GatewayMetric.cacheAnswers, [("tier", "memory")]).set(cache.memoryEntries)
    factory.meter(GatewayMetric.cacheBytes, [("tier", "memory")]).set(cache.memoryBytes)
    guard cache.hasDisk else { return }
    factory.meter(GatewayMetric.cacheAnswers, [("tier", "disk")]).set(cache.entries)
    factory.meter(GatewayMetric.cacheBytes, [("tier", "disk")]).set(cache.bytes)
  }

  /// Right before the metrics are read.
  package func set(_ health: HealthSnapshot) {
    for deployment in health.deployments {
      let name = deployment.name
      let labels = [
        ("provider", name.provider), ("upstream", name.upstream), ("region", name.region ?? ""),
      ]
      factory.meter(GatewayMetric.circuits, labels).set(Self.level(deployment.state))
    }
  }

  /// Right before the metrics are read: lines the log had to drop since the start.
  package func set(linesLost: Int64) {
    let more = lostLines.withLock { lost in
      defer { lost = max(lost, linesLost) }
      return linesLost - lost
    }
    if more > 0 { count(GatewayMetric.logLost, by: more) }
  }

  private static func level(_ state: Circuit.State) -> Int {
    switch state {
    case .closed: 0
    case .halfOpen: 1
    case .open: 2
    }
  }
}
