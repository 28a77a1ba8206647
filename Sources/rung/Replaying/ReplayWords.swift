import LedgerExchange
import PolicyUnits
import RoutingBudgets
import RoutingRuntime
import TrafficLog
import TrafficReplay

/// What a replay says in words, the same in every format.
struct ReplayWords {
  let result: ReplayResult

  var report: ReplayReport { result.now }

  /// Money as a table shows it: to the cent, and below a dollar to two digits that count.
  func money(_ nanos: Int128) -> String {
    ShownMoney.text(nanos, currency: report.currency)
  }

  /// What is expected, or what it lies between where nobody knows.
  func cost(_ cost: ReplayCost) -> String {
    if let expected = cost.expected { return money(expected) }
    return "\(money(cost.low)) to \(money(cost.high))"
  }

  /// Empty where it is what it is.
  func spread(_ cost: ReplayCost) -> String {
    guard cost.expected != nil, cost.low != cost.high else { return "" }
    return "\(money(cost.low)) to \(money(cost.high))"
  }

  /// Of the whole, in tenths of a percent.
  static func percent(_ part: some BinaryInteger, of whole: some BinaryInteger) -> String {
    ShownMoney.percent(Int128(part), of: Int128(whole))
  }

  /// Whether a log is long enough to say what something comes to a day.
  var hasDays: Bool { report.covered?.share(of: 0, in: CoveredTime.day) != nil }

  /// Empty where it is not.
  func aDay(_ nanos: Int128) -> String {
    report.covered?.share(of: nanos, in: CoveredTime.day).map(money) ?? ""
  }

  /// What figures of a day rest on; nil where there are none.
  var covered: String? {
    hasDays ? report.covered.map { "the log covers \($0.words)" } : nil
  }

  /// Models everything would have cost something on: those the policy calls, and the ends.
  var singles: [ReplayReport.Single] {
    report.singles.filter { single in
      single.cost != nil && (single.isUsed || single.model == cheapest || single.model == best)
    }
    .sorted { ($0.cost ?? 0, $0.model) < ($1.cost ?? 0, $1.model) }
  }

  /// The catalog's cheapest model that takes every request of this log and cuts no answer.
  var cheapest: String? {
    report.singles.filter { $0.cost != nil && $0.tooLong == 0 && $0.cut == 0 }
      .min { ($0.cost ?? 0, $0.model) < ($1.cost ?? 0, $1.model) }?.model
  }

  /// The model of the highest quality in the catalog, the cheaper of two; nil where it has none.
  var best: String? {
    report.singles.filter { $0.cost != nil && $0.quality != nil }
      .min { one, other in
        guard let (a, b) = one.quality.flatMap({ a in other.quality.map { (a, $0) } }), a != b
        else { return (one.cost ?? 0, one.model) < (other.cost ?? 0, other.model) }
        return a > b
      }?.model
  }

  /// `best single model (quality 0.95)`, `cheapest model`; empty for one in between.
  func standing(_ single: ReplayReport.Single) -> String {
    var words: [String] = []
    if single.model == best, let quality = single.quality {
      words.append("best single model (quality \(Amounts.text(quality)))")
    }
    if single.model == cheapest { words.append("cheapest model") }
    return words.joined(separator: ", ")
  }

  /// Its standing, and what its cost is without.
  func remark(_ single: ReplayReport.Single) -> String {
    [standing(single), lacking(single)].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// `without 3 requests it cannot take, 2 answers cut at its cap`; empty where it takes all as they are.
  func lacking(_ single: ReplayReport.Single) -> String {
    var words: [String] = []
    if single.tooLong > 0 {
      words.append("without \(Amounts.count(single.tooLong, "request")) it cannot take")
    }
    if single.cut > 0 { words.append("\(Amounts.count(single.cut, "answer")) cut at its cap") }
    return words.joined(separator: ", ")
  }

  /// `this change costs +$212 a day on this log's traffic; 3 routes move`; nil without another policy,
  /// and where nobody knows.
  var change: (amount: String, moves: String)? {
    guard let before = result.before, let old = before.cost.expected,
      let new = report.cost.expected
    else { return nil }
    let difference = new - old
    let amount =
      !hasDays
      ? "\(signed(difference, money(difference))) on this log"
      : "\(signed(difference, aDay(difference))) a day on this log's traffic"
    let moved = result.moves.reduce(0) { $0 + $1.requests }
    let requests =
      "\(Amounts.grouped(moved)) of \(Amounts.count(report.requests, "request")) "
      + "\(Amounts.form(moved, "goes", "go")) another way"
    let routes = Set(result.moves.map(\.fromRoute)).count
    guard routes > 0 else { return (amount, "no route moves") }
    let noun = routes == 1 ? "1 route moves" : "\(routes) routes move"
    return (amount, "\(noun), \(requests); here is one request of each")
  }

  /// What requests that go no other way add to the difference.
  var rest: [(requests: String, words: String, money: String)] {
    (result.change?.rest ?? []).map { part in
      (
        Amounts.grouped(part.requests), Self.name(part.kind),
        part.difference.map { signed($0, money($0)) } ?? "nobody knows"
      )
    }
  }

  private static func name(_ kind: ReplayChange.Part.Kind) -> String {
    switch kind {
    case .calls: "the same way, at other prices, caps or gates"
    case .caches: "the same way, by caches"
    case .rates: "the same way, by compression and batches"
    case .countedOnce: "left out under one of the policies"
    }
  }

  static func name(_ kind: ReplayReport.Step.Kind) -> String {
    switch kind {
    case .logged: "as logged"
    case .routing: "routing: each route's last model"
    case .ladder: "+ ladders: the cheap tiers first"
    case .cache: "+ exact caches"
    case .compression: "+ compression"
    case .batching: "+ batches"
    }
  }

  static func reason(_ reason: LeftOut.Reason) -> String {
    switch reason {
    case .noTokens: "the log does not count their tokens"
    case .noMoment: "their time lies outside the years 1 to 9999"
    case .noPrice(nil): "neither model nor cost is in the log"
    case .noPrice(let name?): "the catalog has no price of `\(name)`, and the log no cost"
    case .otherCurrency(let name):
      "the catalog has no price of their model, and the log says in \(name) what they cost"
    case .noPolicyPrice: "a call they would make has no price in the catalog"
    case .tooDear: "one of their calls costs more than can be counted: 9.2 billion"
    case .noText: "their route hangs on a text the log has not kept"
    case .noRecord: "the policy that decided them is not in the ledger"
    case .needs(let classifier): "their route hangs on the classifier `\(classifier)`"
    case .badFacts(let problem): problem
    case .refused(let refusal): "refused: \(words(refusal))"
    }
  }

  private static func words(_ refusal: LeftOut.Refusal) -> String {
    switch refusal {
    case .byGuard: "a guard refuses"
    case .byRoute: "a route refuses"
    case .byBudget(let name): "`\(name)` allows nothing"
    case .noCallLeft(nil): "no call is left of the plan"
    case .noCallLeft(let name?): "no call is left of the plan under `\(name)`"
    case .unreadable: "a text cannot be scanned"
    }
  }

  static func tier(_ tier: TierAcceptance) -> String {
    let name = "\(tier.model) in \(tier.ladder)"
    guard let share = tier.share else {
      return "\(name): nobody knows how often it is accepted; say --accept \(tier.model)=80%"
    }
    let percent = Self.percent(share.millionths, of: 1_000_000)
    switch tier.source {
    case .said(let source): return "\(name): \(percent) accepted, by \(source)"
    case .measured(let accepted, let reached):
      let counts = "\(Amounts.grouped(accepted)) of \(Amounts.grouped(reached)) in the log"
      let low = Self.percent(tier.low.millionths, of: 1_000_000)
      let high = Self.percent(tier.high.millionths, of: 1_000_000)
      return "\(name): \(percent) accepted, \(counts) (\(low) to \(high))"
    case .unknown: return name
    }
  }

  /// What stands over the rows that are explained.
  var sampled: String {
    let count = result.sample.rows.count
    return "\(count) of the requests explained, picked by --seed \(result.sample.seed)"
  }

  /// All that was taken for granted, in the order it matters.
  var assumptions: [String] {
    var lines = [
      "a model answers with as many tokens as were logged, up to its cap",
      "no call fails; nothing falls back or is repeated",
      "another model than the logged one has none of the prompt in its cache",
      result.budgets == nil
        ? "no budget has been used before"
        : "budgets are empty at the first row, and charged with what is expected once a request is decided",
      "what a row does not name, its request did not name: tools, images, a format",
    ]
    lines += asks
    if let covered { lines.append(covered) }
    if let gaps = LogNotes.gaps(report.gaps) { lines.append(gaps) }
    if let misread = LogNotes.misreadChoices(result.log.misreadChoices) { lines.append(misread) }
    if report.comparable > 0 {
      lines.append(
        "caches are empty at first and keep what they may; two rows with one fingerprint say the same"
      )
    }
    return lines + stated
  }

  /// What the calls of gates are counted at.
  private var asks: [String] {
    let shown = Amounts.count(GateText.shownAnswer, "token")
    var lines = GateText.Kind.allCases.filter(report.asks.contains).map { kind in
      switch kind {
      case .judge:
        "a judge is sent its question at \(GateText.bytesPerToken) bytes a token, the last user turn "
          + "(the whole prompt where the log has no text) and at most \(shown) of the answer; all "
          + "\(PromptBytes.judgeOutput) tokens it may answer with count, as it may think before its number"
      case .opinion: "a second opinion is sent the prompt, and is as long as the answer"
      case .examples: "examples are held against at most \(shown) of the answer"
      }
    }
    if !lines.isEmpty {
      lines.append(
        "every gate that calls is asked about each answer of its tier, also where one before it would say no"
      )
    }
    return lines
  }

  /// What was said in the command, and whether it matters to this policy.
  private var stated: [String] {
    func line(
      _ share: Share?, _ what: String, where verb: String, _ step: ReplayReport.Step.Kind
    ) -> String? {
      guard let share else { return nil }
      let counts = report.steps.contains { $0.kind == step }
      return "\(Self.percent(share.millionths, of: 1_000_000)) of \(what) where a route \(verb), "
        + "as --\(step.rawValue) says"
        + (counts ? "" : "; no route of these requests does")
    }
    return [
      line(report.rates.compression, "the input tokens go", where: "compresses", .compression),
      line(report.rates.batching, "the cost is saved", where: "batches", .batching),
    ].compactMap(\.self)
  }
}
