import CoreMetrics

/// One value that goes up and down, under one set of labels.
package final class GaugeSeries: MeterHandler, RecorderHandler, Sendable {
  private let level = AtomicDouble()

  package func set(_ value: Int64) { level.store(Double(value)) }
  package func set(_ value: Double) { level.store(value) }
  package func increment(by amount: Double) { level.add(amount) }
  package func decrement(by amount: Double) { level.add(-amount) }
  package func record(_ value: Int64) { set(value) }
  package func record(_ value: Double) { set(value) }

  var text: String { level.value.expositionText }
}
