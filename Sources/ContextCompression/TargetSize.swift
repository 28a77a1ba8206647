package import TokenEstimates

/// How much is to be left of what may be compressed.
package enum TargetSize: Hashable, Sendable {
  /// In millionths.
  case share(Int64)
  /// As tokens of a family, the expected number.
  case tokens(Int64, TokenFamily)
}

extension TargetSize {
  /// The bytes that may be left of texts that may be dropped, beside texts that may not.
  ///
  /// A share is one of what may be dropped: code that has to stay takes nothing from the prose that
  /// explains it. Tokens are turned into bytes by what a byte of these very texts comes to.
  func bytes(droppable: [ArraySlice<UInt8>], fixed: [ArraySlice<UInt8>]) -> Int {
    let all = droppable.reduce(0) { $0 + $1.count }
    switch self {
    case .share(let millionths):
      let share = Int128(max(0, min(1_000_000, millionths)))
      return Int(clamping: Int128(all) * share / 1_000_000)
    case .tokens(let wanted, let family):
      let taken = Self.tokens(fixed, family)
      let whole = Self.tokens(droppable, family)
      let left = max(0, wanted - min(wanted, taken))
      guard whole > left else { return all }
      return Int(clamping: Int128(all) * Int128(left) / Int128(max(1, whole)))
    }
  }

  private static func tokens(_ texts: [ArraySlice<UInt8>], _ family: TokenFamily) -> Int64 {
    texts.reduce(0) { sum, text in
      let estimate = TokenEstimate(text: Array(text).span, family: family).expected
      return sum.addingReportingOverflow(estimate).partialValue
    }
  }
}
