import HTTPTypes
import PrometheusMetrics
import RoutingCache
import RoutingHealth
import RoutingService

/// `GET /metrics`: everything counted and timed, as Prometheus reads it.
struct MetricsHandler: Sendable {
  let observer: GatewayObserver
  let admission: Admission

  func answer(_ exchange: Exchange) async {
    observer.metrics.set(admission.figures)
    observer.metrics.set(observer.health.snapshot)
    observer.metrics.set(linesLost: observer.linesLost())
    // A file that cannot be read is told of in the log.
    if let stats = try? await exchange.policy.service.answers?.stats() {
      observer.metrics.set(stats)
    }
    await exchange.answer(
      200, Array(observer.registry.text().utf8),
      headers: [.contentType: PrometheusRegistry.contentType])
  }
}
