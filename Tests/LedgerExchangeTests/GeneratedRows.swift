import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingTestSupport

/// Rows with anything a row may hold, from a seed.
struct GeneratedRows {
  private var generator: SplitMix

  init(seed: UInt64) { generator = SplitMix(state: seed) }

  mutating func row(sequence: Int64) -> ChainedEntry {
    ChainedEntry(
      sequence: sequence, entry: entry(),
      hash: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  private mutating func entry() -> LedgerEntry {
    let time = Timestamp(
      milliseconds: chance(9)
        ? Int64.random(in: 1_500_000_000_000...2_000_000_000_000, using: &generator)
        : Int64.random(in: .min ... .max, using: &generator))
    var entry = LedgerEntry(
      id: RequestID(at: time, random: (generator.next(), generator.next())), time: time,
      status: LedgerEntry.Status.allCases.randomElement(using: &generator) ?? .lost,
      currency: "USD", cost: cost())
    entry.settled = chance(5) ? Timestamp(milliseconds: number()) : nil
    entry.caller = LedgerEntry.Caller(
      tenant: text(), user: text(), key: text(), conversation: text())
    entry.fingerprints = LedgerEntry.Fingerprints(
      policy: text(), catalog: text(), systemPrompt: text(), body: text())
    entry.route = text()
    entry.task = text()
    entry.arm = text()
    entry.modelAsked = text() ?? ""
    entry.modelServed = text()
    entry.reason = text()
    entry.isStreamed = chance(5)
    entry.savings.cache = text()
    entry.savings.compression = text()
    entry.savings.batch = maybe()
    entry.savings.saved = maybe().map { Money(nanos: $0) }
    entry.firstByte = maybe().map { Milliseconds($0) }
    entry.elapsed = Milliseconds(number())
    entry.facts = chance(5) ? Array((text() ?? "").utf8) + [0, 0xFF] : []
    entry.origin = text()
    entry.parent = chance(2) ? RequestID(high: 5, low: UInt64(bitPattern: number())) : nil
    entry.commitPoint = text()
    entry.attempts = (0..<Int.random(in: 0...3, using: &generator)).map { _ in attempt() }
    entry.charges = (0..<Int.random(in: 0...3, using: &generator)).map { _ in charge() }
    return entry
  }

  private mutating func attempt() -> AttemptEntry {
    var attempt = AttemptEntry(verdict: text() ?? "accepted", cost: cost())
    attempt.model = text()
    attempt.provider = text()
    attempt.upstream = text()
    attempt.upstreamServed = text()
    attempt.region = text()
    attempt.ladder = text()
    attempt.tier = maybe()
    attempt.isFallback = chance(5)
    attempt.attempt = number()
    attempt.reason = text()
    attempt.gates = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
      GateEntry(
        name: text() ?? "gate", score: maybe(), isAccepted: chance(5), hasFailed: chance(5),
        cost: cost(), model: text(), calls: number())
    }
    attempt.role = AttemptEntry.Role.allCases.randomElement(using: &generator) ?? .answer
    attempt.tokens = chance(7) ? tokens() : nil
    attempt.parts.input = number()
    attempt.parts.cacheWriteLong = chance(5) ? number() : 0
    attempt.parts.fee = chance(5) ? number() : 0
    attempt.reserved = maybe().map { Money(nanos: $0) }
    attempt.maxOutput = maybe()
    attempt.httpStatus = maybe()
    attempt.firstByte = maybe().map { Milliseconds($0) }
    attempt.latency = Milliseconds(number())
    attempt.priceDate = chance(5) ? CalendarDate(year: 2026, month: 2, day: 28) : nil
    return attempt
  }

  private mutating func tokens() -> TokenEntry {
    TokenEntry(
      input: number(), cachedInput: number(), cacheWrite: number(), cacheWriteLong: number(),
      output: number(), reasoning: number(), isEstimated: chance(5))
  }

  private mutating func charge() -> ChargeEntry {
    let date = CalendarDate(daysSince1970: Int64.random(in: 0...30_000, using: &generator))
    var windows: [CounterWindow] = [.running, .minute, .hour]
    if let date { windows += [.day(date), .week(date), .month(date)] }
    let key = CounterKey(
      budget: text() ?? "b", unit: BudgetUnit.allCases.randomElement(using: &generator) ?? .money,
      owner: text(), window: windows.randomElement(using: &generator) ?? .hour)
    return ChargeEntry(key: key, amount: number())
  }

  private mutating func cost() -> EntryCost {
    switch Int.random(in: 0...2, using: &generator) {
    case 0: .exact(Money(nanos: number()))
    case 1: .atMost(Money(nanos: number()))
    default: .unknown
    }
  }

  private mutating func number() -> Int64 {
    chance(9)
      ? Int64.random(in: 0...1_000_000, using: &generator)
      : Int64.random(in: .min ... .max, using: &generator)
  }

  private mutating func maybe() -> Int64? { chance(5) ? number() : nil }

  /// Texts that break careless formats.
  private mutating func text() -> String? {
    let texts = [
      "acme", "", " ", "a,b", "a\"b", "\"", "line\nbreak", "cr\r\nlf", "\r", "=1+1", "'=1", "'",
      "-5", "+x", "@SUM(A1)", "\t", "日本", "e\u{301}", "\u{0}", "null", "true", "12", "＝x", "\\N",
      "a;b", "😀", "\u{2028}",
    ]
    return chance(6) ? texts.randomElement(using: &generator) : nil
  }

  private mutating func chance(_ tenths: Int) -> Bool {
    Int.random(in: 0..<10, using: &generator) < tenths
  }
}
