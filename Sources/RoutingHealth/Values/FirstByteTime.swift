package import PolicyUnits

/// How long a deployment takes to its first byte, the latest calls counting most.
package struct FirstByteTime: Hashable, Sendable {
  /// In 1/1024 ms; nil before the first measurement.
  private var smoothed: Int64?
  /// Which choice of its model the last measurement was made by.
  package private(set) var measured: UInt64 = 0

  package init() {}

  /// Nil before the first measurement.
  package var mean: Milliseconds? { smoothed.map { Milliseconds($0 / 1024) } }

  /// Exact enough to be compared.
  var order: Int64? { smoothed }

  /// A quarter of the way to each new one.
  package mutating func add(_ time: Milliseconds, choice: UInt64) {
    let (scaled, isTooLarge) = max(0, time.count).multipliedReportingOverflow(by: 1024)
    let sample = isTooLarge ? Int64.max / 2 : min(scaled, .max / 2)
    smoothed = smoothed.map { $0 + (sample - $0) / 4 } ?? sample
    measured = choice
  }
}
