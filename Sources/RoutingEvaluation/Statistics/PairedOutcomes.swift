import Foundation
import PolicyUnits

/// What the same questions came to twice: right or wrong with one, and with another.
package struct PairedOutcomes: Hashable, Sendable {
  package var both: Int
  package var onlyFirst: Int
  package var onlySecond: Int
  package var neither: Int

  package init(both: Int = 0, onlyFirst: Int = 0, onlySecond: Int = 0, neither: Int = 0) {
    self.both = both
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    self.neither = neither
  }

  package var total: Int { both + onlyFirst + onlySecond + neither }

  package mutating func add(first: Bool, second: Bool) {
    switch (first, second) {
    case (true, true): both += 1
    case (true, false): onlyFirst += 1
    case (false, true): onlySecond += 1
    case (false, false): neither += 1
    }
  }

  /// McNemar's exact test: how likely it is that the questions that differ fall at least as unevenly if
  /// neither is better; 1 where none differ.
  package var chance: Double {
    let differing = onlyFirst + onlySecond
    // The chance of each count of heads, from the tail on: exact up to the rounding of doubles.
    var ways = Array(repeating: 0.0, count: differing + 1)
    for count in stride(from: 1, through: differing, by: 1) {
      ways[count] = ways[count - 1] + log(Double(differing - count + 1)) - log(Double(count))
    }
    let tail = (0...min(onlyFirst, onlySecond)).reduce(0) { sum, count in
      sum + exp(ways[count] - Double(differing) * log(2))
    }
    return min(1, 2 * tail)
  }

  /// The largest share of questions the second loses that is still believable, at 95 %, of one side; 1
  /// without questions.
  ///
  /// What it wins is not set against it: the bound holds whatever that is.
  package var lossAtMost: Double { BinomialBounds.upper(Int64(onlyFirst), of: Int64(total)) }
}
