import CoreMetrics
import Synchronization

/// How often values fell under each bound, under one set of labels.
///
/// Recording takes no lock. The number of values a reader sees is the sum of the buckets it sees, so
/// the two always agree; their sum may be one value ahead or behind.
package final class HistogramSeries: TimerHandler, RecorderHandler, Sendable {
  private let buckets: Buckets
  private let cells: [Cell]
  private let sum = AtomicDouble()

  private final class Cell: Sendable {
    let count = Atomic<Int64>(0)
  }

  init(_ buckets: Buckets) {
    self.buckets = buckets
    cells = (0...buckets.bounds.count).map { _ in Cell() }
  }

  package func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
  package func record(_ value: Int64) { record(Double(value)) }

  /// What is no number, or without end, is not recorded: it would spoil the sum for good.
  package func record(_ value: Double) {
    guard value.isFinite else { return }
    cells[buckets.place(of: value)].count.wrappingAdd(1, ordering: .relaxed)
    sum.add(value)
  }

  /// What is exported, the counts added up from the lowest bound.
  var snapshot: (cumulative: [(bound: String, count: Int64)], sum: String, count: Int64) {
    var total: Int64 = 0
    var cumulative: [(bound: String, count: Int64)] = []
    for (place, cell) in cells.enumerated() {
      total &+= cell.count.load(ordering: .relaxed)
      let bound = place < buckets.bounds.count ? buckets.bounds[place] : .infinity
      cumulative.append((bound.expositionText, total))
    }
    return (cumulative, sum.value.expositionText, total)
  }
}
