import PolicySyntax

/// A comparison of a sum of points.
struct PointsTest: Hashable, Sendable {
  let comparison: Comparison
  let number: Int64

  /// What is known of the comparison when the sum lies between `low` and `high`.
  func truth(low: Int64, high: Int64) -> Truth {
    switch comparison {
    case .less: PointsTest.truth(surely: high < number, possibly: low < number)
    case .lessOrEqual: PointsTest.truth(surely: high <= number, possibly: low <= number)
    case .greater: PointsTest.truth(surely: low > number, possibly: high > number)
    case .greaterOrEqual: PointsTest.truth(surely: low >= number, possibly: high >= number)
    case .equal:
      PointsTest.truth(
        surely: low == number && high == number, possibly: low <= number && number <= high)
    case .notEqual:
      PointsTest.truth(
        surely: number < low || high < number, possibly: !(low == number && high == number))
    }
  }

  private static func truth(surely: Bool, possibly: Bool) -> Truth {
    surely ? .yes : possibly ? .unknown : .no
  }
}
