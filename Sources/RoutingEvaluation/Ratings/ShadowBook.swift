package import PolicyUnits
package import RoutingBudgets
package import RoutingLedger

/// Answers of shadows beside those that were given.
package struct ShadowBook: Sendable {
  private var answers: [RequestID: Given] = [:]
  private var pairs: [Pair: Counts] = [:]
  /// Shadows whose request is not among the rows.
  package private(set) var orphans = 0

  private struct Given {
    let route: String
    let model: String
    let cost: Money?
  }

  /// Which model was asked beside which.
  package struct Pair: Hashable, Sendable {
    package let route: String
    package let given: String
    package let shadow: String
  }

  private struct Counts {
    var shadows = 0
    var agreements: [Int64] = []
    var costs: [Int64] = []
    var ratings: [Int64] = []
  }

  package init() {}

  /// Rows come oldest first, so a request stands before its shadow.
  ///
  /// `agreement` gives how far the two answers say the same, in millionths, where both texts are kept;
  /// `score` what was said of a request's answer.
  package mutating func add(
    _ entry: LedgerEntry, agreement: (RequestID, RequestID) -> Score?,
    score: (RequestID) -> Score?
  ) {
    guard let parent = entry.parent else {
      if let model = entry.modelServed {
        answers[entry.id] = Given(
          route: entry.route ?? "", model: model, cost: entry.cost.money)
      }
      return
    }
    guard entry.status == .answered, let shadow = entry.modelServed else { return }
    guard let given = answers[parent] else {
      orphans += 1
      return
    }
    let pair = Pair(route: given.route, given: given.model, shadow: shadow)
    pairs[pair, default: Counts()].shadows += 1
    if let agreement = agreement(parent, entry.id) {
      pairs[pair]?.agreements.append(agreement.millionths)
    }
    if let own = given.cost, let other = entry.cost.money {
      pairs[pair]?.costs.append((other - own).nanos)
    }
    if let own = score(parent), let other = score(entry.id) {
      pairs[pair]?.ratings.append(other.millionths - own.millionths)
    }
  }

  package struct Line: Sendable {
    package let pair: Pair
    package let shadows: Int
    /// In millionths; nil where no texts are kept.
    package let agreement: MeanEstimate?
    /// Shadow less given, in nano-units.
    package let cost: MeanEstimate?
    /// Shadow less given, where both were rated.
    package let rating: MeanEstimate?
    package let ratingFlips: SignFlips
  }

  package func lines(seed: UInt64) -> [Line] {
    pairs.sorted {
      ($1.value.shadows, $0.key.route, $0.key.shadow)
        < ($0.value.shadows, $1.key.route, $1.key.shadow)
    }.map { pair, counts in
      Line(
        pair: pair, shadows: counts.shadows,
        agreement: MeanEstimate(counts.agreements, seed: seed),
        cost: MeanEstimate(counts.costs, seed: seed),
        rating: MeanEstimate(counts.ratings, seed: seed),
        ratingFlips: SignFlips(counts.ratings, seed: seed))
    }
  }
}
