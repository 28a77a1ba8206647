import LedgerExchange
import PolicyAnalysis
import PolicyExplain
import PolicyUnits
import TrafficReplay

extension DifferenceTraffic {
  /// A log's shares in words, as a replay says them.
  init(_ shares: RegionShares, _ words: ReplayWords) {
    func part(_ part: RegionShares.Part) -> RegionMoney {
      RegionMoney(part, of: shares.whole.requests, words)
    }
    var undecided = shares.undecided.map {
      (requests: $0.requests, reason: ReplayWords.reason($0.reason), line: $0.example)
    }
    if shares.unclear > 0 {
      undecided.append(
        (
          requests: shares.unclear,
          reason: "the log does not tell on which side of a change they are",
          line: shares.unclearExample
        ))
    }
    self.init(
      changes: shares.changes.map(part), unchanged: part(shares.unchanged),
      whole: part(shares.whole), undecided: undecided,
      covered: words.covered.map { covered in
        ([covered] + [LogNotes.gaps(words.report.gaps)].compactMap(\.self)).joined(separator: "; ")
      })
  }
}

extension RegionMoney {
  init(_ part: RegionShares.Part, of all: Int64, _ words: ReplayWords) {
    func amount(_ cost: ReplayCost) -> Amount {
      Amount(
        expected: cost.expected, low: cost.low, high: cost.high, words: words.cost(cost))
    }
    self.init(
      requests: part.requests, share: ReplayWords.percent(part.requests, of: all),
      old: amount(part.before), new: amount(part.after),
      difference: words.difference(from: part.before, to: part.after), line: part.example)
  }
}

extension ReplayWords {
  /// `-$2.10, -$0.30 a day`.
  func difference(from old: ReplayCost, to new: ReplayCost) -> String {
    guard let before = old.expected, let after = new.expected else { return "nobody knows" }
    let change = after - before
    let day = !hasDays ? "" : ", \(signed(change, aDay(change))) a day"
    return signed(change, money(change)) + day
  }

  /// With `+` before what is more.
  func signed(_ nanos: Int128, _ words: String) -> String { nanos > 0 ? "+" + words : words }
}

extension RegionPlace {
  init(_ place: ChangeLocator.Place) {
    switch place {
    case .change(let number): self = .change(number)
    case .unchanged: self = .unchanged
    case .unclear: self = .undecided
    }
  }
}
