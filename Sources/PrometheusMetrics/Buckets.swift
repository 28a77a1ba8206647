/// The upper bounds of a histogram, ascending and finite; the one without a bound is always there.
package struct Buckets: Hashable, Sendable {
  package let bounds: [Double]

  /// Bounds that are not finite are left out, and equal ones are one.
  package init(_ bounds: [Double]) {
    self.bounds = Set(bounds.filter(\.isFinite)).sorted()
  }

  /// Seconds a whole request or call takes, from a cache's answer to ten minutes of reasoning.
  ///
  /// The doubling steps of OpenTelemetry's `gen_ai.client.operation.duration`, carried on to the
  /// deadlines callers of reasoning models set.
  package static let callSeconds = Buckets([
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84,
    327.68, 655.36,
  ])

  /// Seconds to the first byte: those of OpenTelemetry's `gen_ai.server.time_to_first_token`, and two
  /// for models that think first.
  package static let firstByteSeconds = Buckets([
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60,
  ])

  /// Seconds of work on this machine: waits for a disk, for a place in a queue.
  package static let workSeconds = Buckets([
    0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5,
  ])

  /// Amounts of anything, by fours: bytes, tokens.
  package static let amounts = Buckets([
    1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
  ])

  /// Where a value is counted; the number of bounds for one above all of them.
  ///
  /// Logarithmic in the bounds.
  func place(of value: Double) -> Int {
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = low &+ (high &- low) / 2
      if value <= bounds[middle] { high = middle } else { low = middle &+ 1 }
    }
    return low
  }
}
