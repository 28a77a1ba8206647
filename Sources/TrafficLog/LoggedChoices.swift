import JSONReading

/// How many answers a line asked for in one call: its member `n`.
///
/// Read in one way by all who read logs. A line without it asked for one; so did one whose `n` is no
/// whole number from 1 to 128, as other programs call other things `n`: that is counted, and said.
struct LoggedChoices {
  /// The most answers a provider gives to one call.
  private static let most: Int64 = 128

  /// Lines so far whose `n` is no number of answers.
  private(set) var misread: Int64 = 0

  /// The number of answers a line asked for: at least 1.
  ///
  /// However it is spelled, as the gateway reads it: `3.0` is 3, and `"3"` is none.
  mutating func read(_ cell: JSONCell, in bytes: [UInt8]) -> Int64 {
    guard cell.isThere else { return 1 }
    if let count = cell.integer(in: bytes), (1...Self.most).contains(count) {
      return count
    }
    misread += 1
    return 1
  }
}
