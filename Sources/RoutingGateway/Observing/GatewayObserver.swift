import HTTPTypes
package import Logging
package import PrometheusMetrics
import RoutingBudgets
package import RoutingHealth
package import Tracing

/// Where the gateway says what it does: metrics, and one line of the log for each request.
package struct GatewayObserver: Sendable {
  package let registry: PrometheusRegistry
  let metrics: GatewayMetrics
  let logger: Logger
  /// Of the deployments, for metrics and readiness.
  let health: UpstreamHealth
  /// Lines the log had to drop so far.
  let linesLost: @Sendable () -> Int64
  /// Nil where nobody reads traces: then no request has one.
  let tracer: (any Tracer)?

  package init(
    logger: Logger, health: UpstreamHealth, linesLost: @escaping @Sendable () -> Int64 = { 0 },
    tracer: (any Tracer)? = GatewayObserver.bootstrappedTracer
  ) {
    registry = PrometheusRegistry(GatewayMetric.all)
    metrics = GatewayMetrics(registry)
    self.logger = logger
    self.health = health
    self.linesLost = linesLost
    self.tracer = tracer
  }

  /// The one the program has set up; nil if it has none.
  package static var bootstrappedTracer: (any Tracer)? {
    let tracer = InstrumentationSystem.tracer
    return tracer is NoOpTracer ? nil : tracer
  }

  func trace(of request: HTTPRequest, at time: Timestamp) -> RequestTrace? {
    tracer.map { RequestTrace($0, request, at: time) }
  }

  func observe(_ served: ServedRequest, _ trace: RequestTrace? = nil) {
    metrics.observe(served)
    trace?.end(served)
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
