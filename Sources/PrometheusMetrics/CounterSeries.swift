import CoreMetrics
import Synchronization

/// One counter under one set of labels.
///
/// Whole amounts and fractions are kept apart, so that whole ones stay exact.
package final class CounterSeries: CounterHandler, FloatingPointCounterHandler, Sendable {
  private let whole = Atomic<Int64>(0)
  private let fraction = AtomicDouble()

  /// A counter only rises: what is not above zero is not counted.
  package func increment(by amount: Int64) {
    guard amount > 0 else { return }
    whole.wrappingAdd(amount, ordering: .relaxed)
  }

  package func increment(by amount: Double) {
    guard amount > 0, amount.isFinite else { return }
    fraction.add(amount)
  }

  package func reset() {
    whole.store(0, ordering: .relaxed)
    fraction.store(0)
  }

  var text: String {
    let whole = whole.load(ordering: .relaxed)
    let fraction = fraction.value
    return fraction == 0 ? String(whole) : (Double(whole) + fraction).expositionText
  }
}
