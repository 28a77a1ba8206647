import Foundation
package import PolicyUnits

/// How sure a model was of what it wrote, as a score.
package enum Certainty {
  /// The probability of the token at a percentile of all tokens of the answer, from the least likely
  /// up: p0 is the least likely token, p100 the likeliest, p10 the one that a tenth do not pass.
  ///
  /// The percentile is that of the nearest rank, so it is always the figure of a real token. Nil
  /// without figures. O(n log n).
  /// `logprobs` are natural logarithms in millionths; one above 0 counts as 0.
  package static func score(of logprobs: [Int64], atPercentile percentile: Int) -> Score? {
    guard !logprobs.isEmpty else { return nil }
    let share = min(100, max(0, percentile))
    let rank = max(1, (share * logprobs.count + 99) / 100)
    let found = logprobs.sorted()[min(rank, logprobs.count) - 1]
    let probability = exp(Double(min(0, found)) / 1_000_000)
    return Score(millionths: min(1_000_000, max(0, Int64((probability * 1_000_000).rounded()))))
  }
}
