package import CoreMetrics
import Synchronization

/// What swift-metrics asks for.
///
/// A recorder that aggregates and a timer are histograms; a timer's unit is seconds. A family that was
/// declared keeps its buckets; another one gets those of calls.
extension PrometheusRegistry {
  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    counter(label, dimensions)
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    counter(label, dimensions)
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    gauge(label, dimensions)
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    aggregate ? histogram(label, dimensions, .amounts) : gauge(label, dimensions)
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(label, dimensions, .callSeconds)
  }

  package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
    remove(handler)
  }
  package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
  package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
  package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

  /// The series itself, for whoever counts without swift-metrics.
  ///
  /// Where another kind of metric has the name, it is one nobody reads.
  package func counter(_ name: String, _ labels: [(String, String)] = []) -> CounterSeries {
    switch series(name, labels, .counter) {
    case .counter(let series): series
    case .gauge, .histogram, nil: CounterSeries()
    }
  }

  package func gauge(_ name: String, _ labels: [(String, String)] = []) -> GaugeSeries {
    switch series(name, labels, .gauge) {
    case .gauge(let series): series
    case .counter, .histogram, nil: GaugeSeries()
    }
  }

  package func histogram(
    _ name: String, _ labels: [(String, String)] = [], _ buckets: Buckets = .callSeconds
  ) -> HistogramSeries {
    switch series(name, labels, .histogram(buckets)) {
    case .histogram(let series): series
    case .counter, .gauge, nil: HistogramSeries(buckets)
    }
  }

  private func series(
    _ name: String, _ labels: [(String, String)], _ kind: MetricFamily.Kind
  ) -> SeriesTable.Series? {
    let name = MetricName.metric(name)
    let family = MetricFamily(name, kind, help: "Not described.", labels: labels.map(\.0))
    return table.withLock { table in
      switch table.series(labels, of: family) {
      case .series(let series): return series
      case .overflow(let series):
        table.count("rung_metrics_overflow_total", [("metric", name)])
        return series
      case .refused:
        table.count("rung_metrics_refused_total", [])
        return nil
      }
    }
  }

  private func remove(_ handler: AnyObject) {
    table.withLock { $0.remove(ObjectIdentifier(handler)) }
  }
}

extension SeriesTable {
  /// One more of what the registry counts of itself.
  fileprivate mutating func count(_ name: String, _ labels: [(String, String)]) {
    guard let own = PrometheusRegistry.own.first(where: { $0.name == name }) else { return }
    switch series(labels, of: own) {
    case .series(.counter(let counter)), .overflow(.counter(let counter)):
      counter.increment(by: Int64(1))
    case .series, .overflow, .refused: return
    }
  }
}
