import ArgumentParser
import LedgerExchange
import OpenAIWire
import PolicyExplain
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingEvaluation
import RoutingGates
import RoutingLedger

/// What callers have said of a ledger's answers, and what its shadows would have said.
struct RatingsReport {
  let path: String
  let currency: String
  let requests: Int
  let ratings: RatingBook
  let shadows: ShadowBook
  let seed: UInt64
  let grading: Grading

  /// Three passes over the rows at most; memory grows with ratings and shadows' requests.
  init(
    _ path: String, since: String?, currency: String, _ grading: Grading, seed: UInt64
  ) throws(CommandFailure) {
    let reader = try LedgerPlace.reader(path)
    var filter = LedgerFilter()
    filter.since = try LedgerFilterArguments.time("--since", since)
    var ratings = RatingBook(grading)
    var shadows = ShadowBook()
    var requests = 0
    var foreign: String?
    try reading { () throws(LedgerFailure) in
      try reader.forEachRating(matching: filter) { rating in
        ratings.add(rating)
        return true
      }
    }
    let texts = AnswerTexts(reader)
    try reading { () throws(LedgerFailure) in
      try reader.forEach(matching: filter) { row in
        guard row.entry.currency == currency else {
          foreign = row.entry.currency
          return false
        }
        if row.entry.parent == nil { requests += 1 }
        ratings.add(row.entry)
        shadows.add(
          row.entry, agreement: { texts.agreement($0, $1) }, score: { ratings.score(of: $0) })
        return true
      }
    }
    if let foreign {
      throw CommandFailure(
        "`\(path)` counts in \(foreign), and the policy's catalog in \(currency)")
    }
    (self.path, self.currency, self.requests) = (path, currency, requests)
    (self.ratings, self.shadows, self.seed, self.grading) = (ratings, shadows, seed, grading)
  }

  func text(_ style: Style) -> String {
    let words = EvalWords(currency: currency)
    var lines = [
      "ledger     \(path): \(Amounts.count(requests, "request")), "
        + "\(Amounts.grouped(Int64(ratings.rated))) of them rated",
      "intervals  95 %: shares exact (Clopper-Pearson), means by bootstrap, seed \(seed)",
    ]
    let all = ratings.lines(seed: seed)
    for kind in RatingBook.Group.Kind.allCases {
      let own = all.filter { $0.group.kind == kind }
      guard !own.isEmpty else { continue }
      var columns = Columns([.left, .right, .right, .right, .left, .right, .left])
      columns.add([
        "", "answered", "rated", "rated \(Amounts.text(grading.rightFrom)) or more", "95 %", "mean",
        "95 %",
      ])
      for line in own {
        columns.add([
          line.group.name, Amounts.grouped(Int64(line.answered)),
          Amounts.grouped(Int64(line.right.total)), EvalWords.rate(line.right),
          EvalWords.rateInterval(line.right), line.score.map { EvalWords.score($0.mean) } ?? "",
          line.score.map(Self.interval) ?? "",
        ])
      }
      lines += ["", style.bold("By \(kind.word)")] + columns.lines
    }
    lines += shadowLines(words, style)
    lines += [
      "", "Who rates is not drawn by lot: callers rate what pleased or annoyed them.",
    ]
    return lines.joined(separator: "\n")
  }

  private func shadowLines(_ words: EvalWords, _ style: Style) -> [String] {
    let all = shadows.lines(seed: seed)
    guard !all.isEmpty else { return [] }
    var columns = Columns([.left, .right, .right, .left, .right, .left])
    columns.add(["", "asked", "agrees", "95 %", "costs more by", "95 %"])
    for line in all {
      columns.add([
        "\(line.pair.route): \(line.pair.shadow) beside \(line.pair.given)",
        Amounts.grouped(Int64(line.shadows)),
        line.agreement.map { EvalWords.score($0.mean) } ?? "–",
        line.agreement.map(Self.interval) ?? "no texts kept",
        line.cost.map { words.money($0.mean) } ?? "unknown",
        line.cost.map {
          "\(words.money($0.interval.lowerBound)) to \(words.money($0.interval.upperBound))"
        } ?? "",
      ])
    }
    var lines = ["", style.bold("Shadows")] + columns.lines
    for line in all {
      guard let rating = line.rating else { continue }
      lines.append(
        "  \(line.pair.shadow) beside \(line.pair.given), both rated "
          + "\(Amounts.count(rating.count, "time")): "
          + "\(EvalWords.score(rating.mean)) against it, \(Self.interval(rating)); sign flips "
          + EvalWords.chance(line.ratingFlips.chance))
    }
    return lines
  }

  private static func interval(_ mean: MeanEstimate) -> String {
    "\(EvalWords.score(mean.interval.lowerBound)) to \(EvalWords.score(mean.interval.upperBound))"
  }
}

/// Texts of answers a ledger has kept.
private struct AnswerTexts {
  private let reader: LedgerReader

  init(_ reader: LedgerReader) { self.reader = reader }

  /// Nil unless both texts are kept.
  func agreement(_ one: RequestID, _ other: RequestID) -> Score? {
    guard let first = text(one), let second = text(other) else { return nil }
    return Agreement.score(first, second)
  }

  private func text(_ request: RequestID) -> String? {
    guard let kept = try? reader.text(of: request), let answer = kept.answer else { return nil }
    if let response = try? ChatResponse(answer) { return response.choices.first?.text }
    return String(validating: answer, as: UTF8.self)
  }
}

extension EvalPolicy {
  /// What one gate is worth by the ratings of answers it accepted.
  func calibration(
    _ report: RatingsReport, _ wanted: CalibrationArguments
  ) throws(CommandFailure) -> CalibrationResult {
    let gate = try EvalRun.gate(wanted.gate ?? "", self)
    let samples = report.ratings.samples(of: wanted.gate ?? "")
    return CalibrationResult(
      calibration: GateCalibration(gate, of: policy, samples, onlyAccepted: true), policy: policy,
      path: path, source: "\(report.path), graded by its callers' ratings", ungraded: 0,
      undecided: 0, onlyAccepted: true)
  }
}
