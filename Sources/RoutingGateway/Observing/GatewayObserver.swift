package import Logging
package import PrometheusMetrics
import RoutingBudgets
package import RoutingHealth

/// Where the gateway says what it does: metrics, and one line of the log for each request.
package struct GatewayObserver: Sendable {
  package let registry: PrometheusRegistry
  let metrics: GatewayMetrics
  let logger: Logger
  /// Of the deployments, for metrics and readiness.
  let health: UpstreamHealth
  /// Lines the log had to drop so far.
  let linesLost: @Sendable () -> Int64

  package init(
    logger: Logger, health: UpstreamHealth, linesLost: @escaping @Sendable () -> Int64 = { 0 }
  ) {
    registry = PrometheusRegistry(GatewayMetric.all)
    metrics = GatewayMetrics(registry)
    self.logger = logger
    self.health = health
    self.linesLost = linesLost
  }

  func observe(_ served: ServedRequest) {
    metrics.observe(served)
    let level = RequestLogLine.level(of: served)
    guard level >= logger.logLevel else { return }
    logger.log(
      level: level, RequestLogLine.message, metadata: RequestLogLine.metadata(of: served))
  }

  /// A message that never was a request.
  func refused(_ problem: APIProblem, as id: RequestID) {
    metrics.count(GatewayMetric.malformed, problem.code ?? "unknown")
    logger.debug(
      "refused",
      metadata: [
        "request": "\(id)", "status": .stringConvertible(problem.status),
        "reason": "\(problem.code ?? "unknown")",
      ])
  }
}
