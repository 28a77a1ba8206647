import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingRuntime
import TokenEstimates
import TrafficLog

/// What a shorter prompt would have spared on the calls of a ledger, and what that is in a year.
///
/// Each call's input is priced as it was and with the tokens of the prompt that it would not have had.
/// What the provider read from its cache is taken to begin with the prompt.
struct PromptSavings {
  /// Requests with this prompt, and all of the ledger.
  private(set) var requests = 0
  private(set) var all = 0
  /// By the catalog's name, in the order they are met.
  private(set) var models: [Model] = []
  /// Calls of models whose price or tokens nobody knows: they are not in the sums.
  private(set) var uncounted = 0
  /// Of all of the ledger.
  private var span = LogSpan()

  struct Model {
    let name: String
    var calls: Int64 = 0
    /// Of input that is billed whole, and of input read from the provider's cache.
    var fewer: Int64 = 0
    var fewerCached: Int64 = 0
    /// In pico-units.
    var spared: Int128 = 0
    /// The same if the provider kept nothing of the shorter prompt.
    var sparedUncached: Int128 = 0
  }

  init(
    _ reader: LedgerReader, _ prompts: PromptPair, named wanted: Set<String>,
    in policy: CheckedPolicy
  ) throws(CommandFailure) {
    let names = policy.vocabulary.models
    var sums = Self()
    try reading { () throws(LedgerFailure) in
      try reader.forEach { row in
        sums.add(row.entry, wanted, prompts, names)
        return true
      }
    }
    self = sums
  }

  private init() {}

  private mutating func add(
    _ entry: LedgerEntry, _ wanted: Set<String>, _ prompts: PromptPair, _ models: [ModelEntry]
  ) {
    all += 1
    span.add(entry.time)
    guard let prompt = entry.fingerprints.systemPrompt, wanted.contains(prompt) else { return }
    requests += 1
    for attempt in entry.attempts where attempt.role == .answer && attempt.attempt > 0 {
      guard let tokens = attempt.tokens, let name = attempt.model,
        let model = models.first(where: { $0.name == name }), add(tokens, prompts, model)
      else {
        uncounted += 1
        continue
      }
    }
  }

  /// False if the call cannot be priced.
  private mutating func add(
    _ tokens: TokenEntry, _ prompts: PromptPair, _ model: ModelEntry
  ) -> Bool {
    let (before, after) = prompts.tokens(at: model)
    guard tokens.input >= before, before >= after else { return false }
    let kept = min(tokens.cachedInput, before)
    let keptAfter = kept == before ? after : min(kept, after)
    let fewer = before - after
    let fewerCached = kept - keptAfter
    let cachedAfter = tokens.cachedInput - fewerCached
    let tariff = Tariff(model.prices)
    func price(_ input: Int64, _ cached: Int64) -> Int128? {
      tariff.price(Usage(input: input, cachedInput: cached, output: 0)).flatMap {
        $0.isExact ? $0.input + $0.cachedInput : nil
      }
    }
    guard let was = price(tokens.input, tokens.cachedInput),
      let would = price(tokens.input - fewer, cachedAfter),
      let uncached = price(tokens.input - fewer, tokens.cachedInput - kept)
    else { return false }
    let place = models.firstIndex { $0.name == model.name } ?? models.count
    if place == models.count { models.append(Model(name: model.name)) }
    models[place].calls += 1
    models[place].fewer += fewer - fewerCached
    models[place].fewerCached += fewerCached
    models[place].spared += was - would
    models[place].sparedUncached += was - uncached
    return true
  }

  // MARK: - Sums

  /// Nil where nobody knows.
  var covered: CoveredTime? { span.covered }

  /// Pauses of more than a year, which are no part of that.
  var gaps: [LogGap] { span.gaps }

  var spared: Money { Self.money(models.reduce(0) { $0 + $1.spared }) }

  /// Nil for a ledger that covers less than a day.
  var inAYear: Money? { yearly(models.reduce(0) { $0 + $1.spared }) }

  /// The same if the provider kept nothing of the shorter prompt.
  var inAYearUncached: Money? { yearly(models.reduce(0) { $0 + $1.sparedUncached }) }

  private func yearly(_ picos: Int128) -> Money? {
    covered?.share(of: picos, in: CoveredTime.year).map(Self.money)
  }

  /// Rounded towards zero: it is what is spared.
  static func money(_ picos: Int128) -> Money { Money(nanos: Int64(clamping: picos / 1000)) }
}
