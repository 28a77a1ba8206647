package import Logging
package import PrometheusMetrics
package import RoutingHealth

/// Where the gateway says what it does: metrics, and one line of the log for each request.
package struct GatewayObserver: Sendable {
  package let registry: PrometheusRegistry
  let metrics: GatewayMetrics
  let logger: Logger
  /// Of the deployments, for metrics and readiness.
  let health: UpstreamHealth

  package init(logger: Logger, health: UpstreamHealth) {
    registry = PrometheusRegistry(GatewayMetric.all)
    metrics = GatewayMetrics(registry)
    self.logger = logger
    self.health = health
  }

  func observe(_ served: ServedRequest) {
    metrics.observe(served)
    let level = RequestLogLine.level(of: served)
    guard level >= logger.logLevel else { return }
    logger.log(
      level: level, RequestLogLine.message, metadata: RequestLogLine.metadata(of: served))
  }
}
