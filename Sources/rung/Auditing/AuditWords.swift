import LedgerExchange
import PolicyUnits
import RoutingBudgets
import TrafficAudit
import TrafficLog

/// What an audit says in words, the same in every format.
struct AuditWords {
  let result: AuditResult

  var report: AuditReport { result.report }

  func money(_ nanos: Int128) -> String {
    ShownMoney.text(nanos, currency: report.currency)
  }

  /// Of one request, to three digits.
  func each(_ nanos: Int128, _ requests: Int64) -> String {
    ShownMoney.text(nanos / Int128(max(1, requests)), currency: report.currency, digits: 3)
  }

  func signed(_ nanos: Int128) -> String { (nanos > 0 ? "+" : "") + money(nanos) }

  func ofCost(_ nanos: Int128) -> String { ShownMoney.percent(nanos, of: report.total.cost) }

  func ofRequests(_ count: Int64) -> String {
    ShownMoney.percent(Int128(count), of: Int128(report.total.requests))
  }

  static func millionths(_ share: Int64) -> String {
    ShownMoney.percent(Int128(share), of: 1_000_000)
  }

  static func count(_ count: Int64, _ noun: String) -> String {
    Amounts.count(count, noun)
  }

  func range(_ range: ClosedRange<Int128>) -> String {
    range.lowerBound == range.upperBound
      ? money(range.lowerBound) : "\(money(range.lowerBound)) to \(money(range.upperBound))"
  }

  static func tokens(_ range: ClosedRange<Int64>) -> String {
    if range.lowerBound == 0 { return "at most \(Amounts.grouped(range.upperBound))" }
    return range.lowerBound == range.upperBound
      ? Amounts.grouped(range.lowerBound)
      : "\(Amounts.grouped(range.lowerBound)) to \(Amounts.grouped(range.upperBound))"
  }

  /// A name as a table shows it: one that is blank would look like none.
  static func name(_ name: String?) -> String {
    guard let name else { return "none" }
    return name.allSatisfy(\.isWhitespace) ? "\"\(name)\"" : name
  }

  static func moment(_ milliseconds: Int64) -> String {
    guard let text = ISOTime.text(Timestamp(milliseconds: milliseconds)) else {
      return milliseconds < 0 ? "before the year 1" : "past the year 9999"
    }
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }

  // MARK: What is not known

  var head: [(label: String, text: String)] {
    var lines: [(label: String, text: String)] = []
    if let first = report.first, let last = report.last {
      let days = "\(Self.moment(first.milliseconds)) to \(Self.moment(last.milliseconds)) UTC"
      lines.append(("log", days))
    }
    if let gaps = LogNotes.gaps(report.gaps) { lines.append(("pause", gaps)) }
    lines.append(
      (
        "requests",
        "\(Amounts.grouped(report.total.requests)), \(money(report.total.cost))"
          + (report.total.unpriced > 0 ? " and what nobody knows" : "")
      ))
    lines += unknowns
    return lines
  }

  private var unknowns: [(label: String, text: String)] {
    var lines: [(label: String, text: String)] = []
    func add(_ label: String, _ count: Int64, _ words: String) {
      if count > 0 { lines.append((label, "\(Amounts.grouped(count)) \(words)")) }
    }
    add(
      "unpriced", report.total.unpriced,
      "whose cost nobody knows: in no sum here"
        + (result.priceSource == nil ? "; --catalog prices those whose tokens are there" : ""))
    add(
      "too dear", report.tooDear,
      "of them, as their tokens cost more than can be counted: 9.2 billion")
    add("priced", report.pricedByCatalog, "by \(result.priceSource ?? "") as the log has no cost")
    add("bounds", report.bounds, "that cost at most what is counted")
    add("no tokens", report.total.uncounted, "whose tokens the log does not count")
    add("hits", report.total.hits, "given out of a cache")
    for (status, sum) in report.statuses where status != .answered {
      add(Self.word(status), sum.requests, "of them, \(money(sum.cost))")
    }
    if report.shadows.requests > 0 {
      add(
        "shadows", report.shadows.requests,
        "beside callers' requests, \(money(report.shadows.cost))")
    }
    let currencies = report.otherCurrencies.map {
      "\(Amounts.grouped($0.requests)) in \(Self.name($0.currency))"
    }
    add(
      "currency", report.otherCurrency,
      "in another currency than \(report.currency) (\(currencies.joined(separator: ", "))): left out"
    )
    add("outside", report.outside, "outside the time that was asked for: left out")
    add("names", result.unnamed, "names past the first 65,536 are taken together as others")
    if result.problemCount > 0 {
      lines.append(("unread", Self.count(Int64(result.problemCount), "line")))
    }
    return lines
  }

  static func word(_ status: SpendRow.Status) -> String {
    switch status {
    case .answered: "answered"
    case .notAccepted: "no tier"
    case .refused: "refused"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .lost: "lost"
    case .other: "other end"
    }
  }

  // MARK: Shares of the cost

  /// What the dearest requests cost of the whole; what lies between two counts is not guessed.
  var pareto: [String] {
    guard let total = report.curve.last, total.cost > 0 else { return [] }
    var lines: [String] = []
    for percent in [Int64(1), 10, 50] {
      let most = total.requests * percent / 100
      guard most > 0, let point = report.curve.last(where: { $0.requests <= most }) else {
        continue
      }
      let share = ShownMoney.percent(Int128(point.requests), of: Int128(total.requests))
      let line =
        "the dearest \(share) of requests are \(ShownMoney.percent(point.cost, of: total.cost)) "
        + "of the cost"
      if lines.last != line { lines.append(line) }
    }
    return lines
  }

  // MARK: What happened

  var repeats: [String] {
    let repeats = report.repeats
    var lines: [String] = []
    if repeats.compared > 0 {
      func line(_ count: AuditRepeats.Count, _ words: String) -> String {
        "\(Amounts.grouped(count.requests)) of \(Amounts.grouped(repeats.compared)) "
          + "(\(ShownMoney.percent(Int128(count.requests), of: Int128(repeats.compared)))) "
          + "\(words): \(money(count.cost))"
      }
      lines.append(line(repeats.ever, "say what the same tenant said before"))
      lines.append(line(repeats.hour, "an exact cache that keeps an hour would have answered"))
      lines.append(line(repeats.day, "one that keeps a day"))
      if repeats.sampling > 1 {
        lines.append(
          "an estimate of one fingerprint in \(repeats.sampling): there are too many to keep all")
      }
    }
    if repeats.uncompared > 0 {
      lines.append(
        "\(Self.count(repeats.uncompared, "request")) cannot be compared: no `body_fingerprint`, no text"
      )
    }
    if let near = report.near {
      lines.append(
        "\(Amounts.grouped(near.near)) of \(Self.count(near.compared, "question")) "
          + Amounts.form(near.near, "is nearly one before it", "are nearly one before them")
          + " (estimated: four fifths of their runs of three words): \(money(near.cost))"
      )
      lines.append(
        "a part of them: of pairs with just four fifths in common two in five are found, with nine tenths "
          + "nearly all; and only among the last 262,144 questions")
      if near.withHistory > 0 {
        lines.append(
          "\(Self.count(near.withHistory, "question")) after other answers "
            + "\(Amounts.form(near.withHistory, "was", "were")) not held against any"
        )
      }
    }
    return lines
  }

  var endings: [String] {
    var lines: [String] = []
    func add(_ sum: AuditSum, _ words: String) {
      guard sum.requests > 0 else { return }
      lines.append(
        "\(Self.count(sum.requests, "answer")) \(words): \(money(sum.cost)) (\(ofCost(sum.cost)))")
    }
    let its = Amounts.form(report.truncated.requests, "its", "their")
    add(report.truncated, "cut at \(its) cap of tokens")
    add(report.refused, "refused by the model or its provider")
    if !lines.isEmpty, report.unknownEndings > 0 {
      lines.append("of \(Amounts.grouped(report.unknownEndings)) more the log does not say")
    }
    return lines
  }

  var gates: [String] {
    report.gates.filter(\.neverFires).map { gate in
      "\(gate.name) never rejects: asked \(Amounts.count(gate.asked, "time")), so it rejects at most "
        + "\(Self.millionths(gate.rejectsAtMost)) (95 %)"
    }
  }

  var ladders: [String] {
    report.ladders.flatMap { ladder -> [String] in
      let tiers = ladder.tiers.map { tier -> String in
        "\(ladder.name): \(tier.model) \(Self.acceptance(tier))"
          + (tier.meanCost.map { ", \(money(Int128($0))) a call" } ?? "")
      }
      let never = ladder.neverAccepted.map { tier in
        "\(ladder.name): \(tier.model) never accepts; at most \(Self.millionths(tier.acceptance.high)) (95 %)"
      }
      let unanswered = ladder.unanswered.map { tier in
        "\(ladder.name): tier \(tier.place) gave no answer to \(Amounts.grouped(tier.requests)) of "
          + Self.count(tier.of, "request")
      }
      let lines: [[String]] = [tiers, never, unanswered, fallbacks(ladder), [verdict(ladder)]]
      return lines.flatMap { $0 }
    }
  }

  private static func acceptance(_ tier: AuditTier) -> String {
    guard let acceptance = tier.acceptance else {
      return "answered \(Amounts.grouped(tier.answers)), held against no gate"
    }
    return "accepted \(Amounts.grouped(acceptance.accepted)) of "
      + "\(Amounts.grouped(acceptance.reached)) "
      + "(\(millionths(acceptance.low)) to \(millionths(acceptance.high)))"
  }

  private func fallbacks(_ ladder: AuditLadder) -> [String] {
    let (calls, cost) = ladder.fallbacks
    guard calls > 0 else { return [] }
    let count = Self.count(calls, "fallback call")
    let are = Amounts.form(calls, "is", "are")
    return [
      "\(ladder.name): \(count) behind it, \(money(cost)), \(are) with the tier their request left"
    ]
  }

  private func verdict(_ ladder: AuditLadder) -> String {
    guard let climbing = ladder.climbing else {
      return "\(ladder.name): what its last model costs at once is not in the log"
    }
    let cost =
      "climbing costs \(money(Int128(climbing.expected))) a request "
      + "(\(money(Int128(climbing.low))) to \(money(Int128(climbing.high)))), its last model at once "
      + money(Int128(climbing.direct))
      + (ladder.unpriced > 0
        ? "; without \(Self.count(ladder.unpriced, "call")) that failed, judged or fell back, at a cost nobody knows"
        : "")
    switch ladder.verdict {
    case .loses: return "\(ladder.name) loses money: \(cost)"
    case .losesAsMeasured: return "\(ladder.name) loses money as measured: \(cost)"
    case .savesAsMeasured: return "\(ladder.name) saves as measured, which is not sure: \(cost)"
    case .saves: return "\(ladder.name) saves: \(cost)"
    case .tooFew: return "\(ladder.name): too few requests to tell; \(cost)"
    case .unknown: return "\(ladder.name): \(cost)"
    }
  }

  /// All that was taken for granted, in the order it matters.
  var assumptions: [String] {
    var lines = [
      "a cost is the log's own; where it has none, its tokens at the prices of "
        + (result.priceSource ?? "a catalog (none was named)")
    ]
    lines += report.sharedModels.map {
      "\(Self.name($0)) is a provider's name of several models of the catalog: a row of its own, with no price"
    }
    if let misread = LogNotes.misreadChoices(result.misreadChoices) { lines.append(misread) }
    lines.append("a hit that names no cost cost nothing; days are those of UTC")
    if report.repeats.compared > 0 {
      lines.append(
        "two requests with one fingerprint say the same; no tenant gets another's answer")
    }
    if !report.prompts.isEmpty {
      lines.append(
        "a system prompt is no longer than the shortest request that has it; its tokens cost from the "
          + "price of cached input, where some may have been, to the full price at each call's length, "
          + "and never more than the call")
      let left = report.prompts.reduce(0) { $0 + ($1.cost == nil ? 0 : $1.times - $1.priced) }
      if left > 0 {
        lines.append(
          "\(Self.count(left, "call")) with a system prompt whose tokens or cost nobody knows "
            + "\(Amounts.form(left, "is", "are")) in no prompt's cost")
      }
    }
    if !report.cures.isEmpty {
      lines.append("a cure changes nothing else: lengths, callers and prices stay; cures overlap")
    }
    let moves = report.cures.compactMap { if case .move(let move) = $0 { move } else { nil } }
    if !moves.isEmpty { lines.append("another model has none of a prompt in its cache") }
    if moves.contains(where: { $0.judges ?? 0 > 0 }) {
      lines.append("a judge of a move's answers costs what it cost in the log for each answer")
    }
    if moves.contains(where: { $0.measured != nil && $0.judges == nil }) {
      lines.append("a judge of a move's answers whose cost nobody knows is in no saving")
    }
    return lines
  }
}
