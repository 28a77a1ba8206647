import LedgerExchange
import PolicyUnits
import RoutingBudgets
import RoutingLedger

/// What was said of an answer, a line for each time it was said.
struct RatingLines {
  /// The newest are shown.
  private static let most = 10

  private let ratings: [ReadRating]

  /// `ratings` are of one request, oldest first.
  init(_ ratings: [ReadRating]) { self.ratings = ratings }

  /// The first goes beside the label, the others below it.
  var lines: [String] {
    let hidden = ratings.count - Self.most
    let earlier = hidden > 0 ? ["\(hidden) earlier, not shown"] : []
    return earlier + ratings.suffix(Self.most).map(line)
  }

  private func line(_ read: ReadRating) -> String {
    let entry = read.rating.entry
    let word =
      switch entry.rating {
      case .good, .bad: entry.rating.word
      case .score(let millionths): Amounts.text(Score(millionths: millionths))
      }
    let parts = [
      word, ISOTime.text(entry.time), entry.rater.user.map { "user \(ShownText.line($0))" },
      entry.rater.key.map { "key \(ShownText.line($0))" },
      entry.comment.map { "“\(ShownText.line($0, atMost: 200))”" },
      read.counts ? nil : "said anew since",
    ]
    return parts.compactMap { $0 }.joined(separator: " · ")
  }
}
