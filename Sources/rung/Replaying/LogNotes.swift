import LedgerExchange
import PolicyUnits
import RoutingBudgets
import TrafficLog

/// What every reader of a log says of it in the same words.
enum LogNotes {
  /// What to do with files of other programs.
  static let importing =
    "`rung ledger import` reads other programs' files into a ledger, and that can be read here"

  /// Why nothing of a log could be counted, and the cure where one is known: all its first problems are
  /// rows without a time, as other programs call it otherwise.
  static func nothing(_ words: String, _ problems: [LogProblem]) -> String {
    guard !problems.isEmpty, problems.allSatisfy(\.isTimeless) else { return words }
    return "\(words), as no row has a `time`: \(importing)"
  }

  /// Nil where no pause of the log is longer than a year.
  static func gaps(_ gaps: [LogGap]) -> String? {
    guard let gap = gaps.max(by: { $0.length < $1.length }) else { return nil }
    let more = gaps.count - 1
    return "no request from \(day(gap.from)) to \(day(gap.to)), more than a year"
      + (more == 0 ? "" : " (and \(Amounts.count(Int64(more), "pause")) more like it)")
      + ": a clock may have been wrong, and days are counted without such a pause"
  }

  private static func day(_ time: Timestamp) -> String {
    ISOTime.text(time).map { String($0.prefix(10)) }
      ?? (time.milliseconds < 0 ? "before the year 1" : "past the year 9999")
  }

  /// Nil where every `n` is a number of answers.
  static func misreadChoices(_ rows: Int64) -> String? {
    guard rows > 0 else { return nil }
    return "\(Amounts.count(rows, "row")) with an `n` that is no whole number from 1 to 128: "
      + "taken to ask for one answer"
  }
}
