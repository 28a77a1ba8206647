import CoreMetrics
import PolicyUnits
import PrometheusMetrics

/// What is counted of every request under one endpoint, route, status and outcome.
struct RequestMeters: Sendable {
  struct Key: Hashable, Sendable {
    let endpoint: String
    let route: String
    let status: Int
    let outcome: String
    let isStreamed: Bool
  }

  let count: Counter
  let duration: Timer
  let firstByte: Timer

  init(_ key: Key, _ factory: any MetricsFactory) {
    count = factory.counter(
      GatewayMetric.requests,
      [
        ("endpoint", key.endpoint), ("route", key.route), ("status", String(key.status)),
        ("outcome", key.outcome),
      ])
    let labels = [
      ("endpoint", key.endpoint), ("route", key.route),
      ("streamed", key.isStreamed ? "true" : "false"),
    ]
    duration = factory.timer(GatewayMetric.duration, labels)
    firstByte = factory.timer(GatewayMetric.firstByte, labels)
  }
}

/// What is counted of every call under one model, provider, role and outcome.
struct CallMeters: Sendable {
  struct Key: Hashable, Sendable {
    let model: String
    let provider: String
    let role: String
    let outcome: String
    let currency: String
  }

  let count: Counter
  let duration: Timer
  let firstByte: Timer
  let input: Counter
  let cachedInput: Counter
  let cacheWrite: Counter
  let output: Counter
  let reasoning: Counter
  let estimated: Counter
  let cost: Counter

  init(_ key: Key, _ factory: any MetricsFactory) {
    let labels = [("model", key.model), ("provider", key.provider)]
    count = factory.counter(
      GatewayMetric.calls, labels + [("role", key.role), ("outcome", key.outcome)])
    duration = factory.timer(GatewayMetric.callDuration, labels)
    firstByte = factory.timer(GatewayMetric.callFirstByte, labels)
    func tokens(_ kind: String) -> Counter {
      factory.counter(GatewayMetric.tokens, labels + [("kind", kind)])
    }
    input = tokens("input")
    cachedInput = tokens("cached_input")
    cacheWrite = tokens("cache_write")
    output = tokens("output")
    reasoning = tokens("reasoning")
    estimated = factory.counter(GatewayMetric.estimated, labels)
    cost = factory.counter(GatewayMetric.callCost, labels + [("currency", key.currency)])
  }
}

extension MetricsFactory {
  func counter(_ family: MetricFamily, _ labels: [(String, String)] = []) -> Counter {
    Counter(label: family.name, dimensions: labels, factory: self)
  }

  func timer(_ family: MetricFamily, _ labels: [(String, String)] = []) -> Timer {
    Timer(label: family.name, dimensions: labels, factory: self)
  }

  func meter(_ family: MetricFamily, _ labels: [(String, String)] = []) -> Meter {
    Meter(label: family.name, dimensions: labels, factory: self)
  }
}

extension Timer {
  func record(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let (whole, isOver) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    recordNanoseconds(isOver ? .max : whole &+ attoseconds / 1_000_000_000)
  }

  func record(_ duration: Milliseconds) {
    let (nanoseconds, isOver) = duration.count.multipliedReportingOverflow(by: 1_000_000)
    recordNanoseconds(isOver ? .max : nanoseconds)
  }
}
