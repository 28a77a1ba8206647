import Foundation
import PolicyUnits

/// What the same requests came to with two prompts.
struct PairedOutcomes: Equatable {
  var both = 0
  var onlyOriginal = 0
  var onlyShorter = 0
  var neither = 0

  var total: Int { both + onlyOriginal + onlyShorter + neither }

  mutating func add(original: Bool, shorter: Bool) {
    switch (original, shorter) {
    case (true, true): both += 1
    case (true, false): onlyOriginal += 1
    case (false, true): onlyShorter += 1
    case (false, false): neither += 1
    }
  }

  /// McNemar's exact test: how likely it is that the requests that differ fall at least as unevenly if
  /// neither prompt is better; 1 where none differ.
  var chance: Double {
    let differing = onlyOriginal + onlyShorter
    // The chance of each count of heads, from the tail on: exact up to the rounding of doubles.
    var ways = Array(repeating: 0.0, count: differing + 1)
    for count in stride(from: 1, through: differing, by: 1) {
      ways[count] = ways[count - 1] + log(Double(differing - count + 1)) - log(Double(count))
    }
    let tail = (0...min(onlyOriginal, onlyShorter)).reduce(0) { sum, count in
      sum + exp(ways[count] - Double(differing) * log(2))
    }
    return min(1, 2 * tail)
  }

  /// The largest share of requests the shorter prompt loses that is still believable, at 95 %, of one
  /// side; 1 without requests.
  var lossAtMost: Double { BinomialBounds.upper(Int64(onlyOriginal), of: Int64(total)) }
}
