#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The ends of the normal distribution.
enum NormalTail {
  /// How likely a value at least this far from the middle is, on either side.
  static func twoSided(_ deviations: Double) -> Double { erfc(abs(deviations) / 2.0.squareRoot()) }
}
