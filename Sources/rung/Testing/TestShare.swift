import PolicyCoverage
import PolicyMutation

/// How much of something the tests show or notice.
struct TestShare {
  let part: Int
  let whole: Int

  /// To a tenth of a percent, rounded down, so that only all of it is 100.0 %; empty where there is
  /// nothing to show.
  var percent: String {
    guard whole > 0 else { return "" }
    let tenths = part * 1000 / whole
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// Whether it is at least this share, in millionths; exact.
  ///
  /// Of nothing, all is shown.
  func isAtLeast(millionths: Int64) -> Bool {
    Int128(part) * 1_000_000 >= Int128(millionths) * Int128(whole)
  }
}

extension CoverageFindings.Count {
  var share: TestShare { TestShare(part: shown, whole: reachable) }
}

extension MutationFindings.Count {
  var share: TestShare { TestShare(part: killed, whole: noticeable) }
}
