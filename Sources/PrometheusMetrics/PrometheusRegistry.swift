import CoreMetrics
import Synchronization

/// Everything counted and timed, as the text Prometheus reads.
///
/// Asking for a metric takes a lock and a look-up, so whoever counts often keeps what it got;
/// counting takes neither. The same name and labels give the same series. Past the limits, labels go
/// to one series of the metric named `_overflow_`, and `rung_metrics_overflow_total` says how often.
package final class PrometheusRegistry: MetricsFactory, Sendable {
  let table: Mutex<SeriesTable>

  /// `families` are exported with their help whether or not anything was counted; others are taken
  /// as they come.
  package init(_ families: [MetricFamily] = [], limits: SeriesLimits = SeriesLimits()) {
    var table = SeriesTable(limits)
    for family in Self.own + families {
      let stands = table.declare(family)
      precondition(stands, "two metrics share a name with \(family.name)")
      if family.labels.isEmpty { _ = table.series([], of: family) }
    }
    self.table = Mutex(table)
  }

  /// What the registry counts of itself.
  package static let own: [MetricFamily] = [
    MetricFamily(
      "rung_metrics_overflow_total", .counter,
      help: "Times a label combination was one too many and went to the series _overflow_.",
      labels: ["metric"]),
    MetricFamily(
      "rung_metrics_refused_total", .counter,
      help: "Times a metric was asked for under a name another kind of metric has."),
  ]

  /// The value of `content-type` for `text()`.
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// All series in the exposition format 0.0.4, by name and labels.
  ///
  /// Linear in the series; the lock is held only while they are listed.
  package func text() -> String {
    let families = table.withLock { $0.families }
    var text = ""
    for (_, family) in families.sorted(by: { $0.key < $1.key }) {
      family.write(to: &text)
    }
    return text
  }
}
