import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits
import RoutingBudgets
import RoutingCatalog
import RoutingRuntime
import RoutingTestSupport
import Testing
import TrafficLog

@testable import TrafficReplay

/// One policy over one catalog, and logs held against it.
struct ReplayGround {
  static let catalog = """
    currency: USD
    providers:
      here: {base_url: "http://127.0.0.1:1/v1"}
    models:
      small:
        upstream: vendor/small
        deployments: [{provider: here}]
        window: 8k
        max_output: 1k
        prices: {input: 0.01, output: 0.02, date: 2026-11-01, source: "test"}
      middle:
        upstream: vendor/middle
        deployments: [{provider: here}]
        window: 32k
        max_output: 2k
        prices: {input: 0.1, cached_input: 0.01, output: 0.3, date: 2026-11-01, source: "test"}
      large:
        upstream: vendor/large
        deployments: [{provider: here}]
        window: 128k
        max_output: 8k
        prices: {input: 2.5, cached_input: 1.25, output: 10, date: 2026-11-01, source: "test"}
    """

  let decider: Decider

  init(_ policy: String) throws {
    let read = CatalogReader.read(
      SourceFile(id: SourceID(1), path: "catalog.yaml", text: Self.catalog))
    let vocabulary = try #require(read.value?.vocabulary, "\(read.diagnostics.map(\.message))")
    let text = "rung 1\ncatalog \"catalog.yaml\"\n\(policy)\n"
    let parsed = PolicyParser.parse(SourceFile(path: "policy.rung", text: text))
    let checked = PolicyChecker.check(files: [parsed.value], vocabulary: vocabulary, files: [:])
    let checkedPolicy = try #require(
      checked.value, "\((parsed.diagnostics + checked.diagnostics).map(\.message))")
    decider = Decider(try DecisionGraph(checkedPolicy))
  }

  /// Noon of a Thursday at 0, then as the hours go by.
  static func moment(_ time: Timestamp) -> LocalMoment? {
    let hours = time.milliseconds / 3_600_000
    guard let date = CalendarDate(daysSince1970: hours / 24) else { return nil }
    let weekday = Weekday.allCases[Int((hours / 24 + 3) % 7)]
    return LocalMoment(date: date, weekday: weekday, hour: Int(hours % 24))
  }

  /// A row of a log as JSON, `time` in milliseconds.
  static func line(
    _ time: Int64, model: String = "large", tenant: String = "t", input: Int64, output: Int64,
    more: String = ""
  ) -> String {
    #"{"time":\#(1_700_000_000_000 + time),"tenant":"\#(tenant)","model":"\#(model)","#
      + #""input_tokens":\#(input),"output_tokens":\#(output)\#(more)}"#
  }

  /// `see` is shown each row with the class it was put in.
  func replay(
    _ lines: [String], rates: ReplayRates = ReplayRates(),
    _ see: (LoggedRequest, TextedRequest?, borrowing TrafficLog, inout Replay, Int?) -> Void = {
      _, _, _, _, _ in
    }
  ) throws -> (replay: Replay, report: ReplayReport) {
    let date = try #require(CalendarDate(daysSince1970: 0))
    var log = TrafficLog(
      Replay.reading(for: decider),
      anyMoment: LocalMoment(date: date, weekday: .thursday, hour: 0))
    var replay = Replay(
      decider, rates: rates, modelsByUpstream: ["vendor/large": ModelID(2)], moment: Self.moment)
    func take(_ row: LoggedRequest, _ text: TextedRequest?, _ log: borrowing TrafficLog) {
      let number = replay.add(row, text, of: log)
      see(row, text, log, &replay, number)
    }
    log.read(.bytes(Array(lines.joined(separator: "\n").utf8)), take)
    log.read(.end, take)
    #expect(log.problems.isEmpty, "\(log.problems)")
    return (replay, replay.report(tiers: log.tiers))
  }
}

@Suite struct `A log held against a policy` {
  private static let ladder = """
    gate long = length >= 20 chars
    ladder cheap {
      tier small accept long
      tier middle accept long
      tier large
    }
    """

  @Test func `adds up a ladder by the shares that reach each tier`() throws {
    let ground = try ReplayGround(Self.ladder + "otherwise { use cheap }")
    var rates = ReplayRates()
    rates.acceptance = [
      ModelID(0): Acceptance(share: Share(millionths: 800_000), source: "said"),
      ModelID(1): Acceptance(share: Share(millionths: 500_000), source: "said"),
    ]
    let report = try ground.replay([ReplayGround.line(0, input: 1000, output: 500)], rates: rates)
      .report
    // small 1000 × 0.01 + 500 × 0.02 = 20,000 nanos; middle 100,000 + 150,000; large 2,500,000 +
    // 5,000,000, each for a million tokens' price: 20 µ$, 250 µ$ and 7,500 µ$ in thousands of nanos.
    let (small, middle, large): (Int128, Int128, Int128) = (20_000, 250_000, 7_500_000)
    #expect(report.steps.map(\.kind) == [.logged, .routing, .ladder])
    #expect(report.steps[0].cost.expected == large)
    #expect(report.steps[1].cost.expected == large)
    #expect(
      report.steps[2].cost.expected == small + middle * 2 / 10 + large / 10)
    #expect(report.cost.low == report.cost.high)
    #expect(report.singles.map(\.cost) == [small, middle, large])
  }

  @Test func `says nothing expected of a tier nobody has measured, and what it lies between`()
    throws
  {
    let ground = try ReplayGround(Self.ladder + "otherwise { use cheap }")
    let report = try ground.replay([ReplayGround.line(0, input: 1000, output: 500)]).report
    #expect(report.cost.expected == nil)
    #expect(report.cost.low == 20_000)
    #expect(report.cost.high == Int128(20_000 + 250_000 + 7_500_000))
    #expect(report.tiers.map(\.source) == [.unknown, .unknown])
  }

  @Test func `counts repeats as a cache would have answered them`() throws {
    let ground = try ReplayGround(
      "route faq when prompt.tokens <= 100 { cache exact for 1h per tenant  use middle }\n"
        + "otherwise { use middle }")
    func asked(_ minute: Int64, _ tenant: String, _ print: String, input: Int64 = 50) -> String {
      ReplayGround.line(
        minute * 60_000, tenant: tenant, input: input, output: 10,
        more: #","body_fingerprint":"\#(print)""#)
    }
    let report = try ground.replay([
      asked(0, "a", "x"), asked(10, "a", "x"),  // a hit
      asked(20, "b", "x"),  // another tenant
      asked(30, "a", "y"),  // another request
      asked(61, "a", "x"),  // too late, and kept anew
      asked(119, "a", "x"),  // a hit again
      asked(120, "a", "z", input: 500), asked(121, "a", "z", input: 500),  // no cache there
    ]).report
    #expect(report.hits == 2)
    #expect(report.comparable == 6)
    // 50 × 0.1 + 10 × 0.3 = 8,000 nanos each; 500 × 0.1 + 3 = 53,000.
    #expect(report.steps.map(\.kind) == [.logged, .routing, .cache])
    #expect(report.steps[1].cost.expected == Int128(6 * 8_000 + 2 * 53_000))
    #expect(report.cost.expected == Int128(4 * 8_000 + 2 * 53_000))
  }

  @Test func `asks a cache per user for requests that have one, and only those`() throws {
    let ground = try ReplayGround(
      "route all when prompt.tokens >= 1 { cache exact for 1h per user  use middle }\n"
        + "otherwise { use middle }")
    let print = #","body_fingerprint":"x""#
    let report = try ground.replay([
      ReplayGround.line(0, input: 50, output: 10, more: print),
      ReplayGround.line(1, input: 50, output: 10, more: print + #","user":"u""#),
      ReplayGround.line(2, input: 50, output: 10, more: print + #","user":"u""#),
      ReplayGround.line(3, input: 50, output: 10, more: print + #","user":"v""#),
      ReplayGround.line(4, input: 50, output: 10, more: print),
    ]).report
    #expect(report.comparable == 3)
    #expect(report.hits == 1)
  }

  @Test func `keeps the discount of a cached prompt for the model that has it`() throws {
    let ground = try ReplayGround("otherwise { use middle }")
    let cached = #","cached_input_tokens":900"#
    let report = try ground.replay([
      ReplayGround.line(0, model: "vendor/large", input: 1000, output: 0, more: cached),
      ReplayGround.line(0, model: "middle", input: 1000, output: 0, more: cached),
    ]).report
    // 100 × 2.5 + 900 × 1.25 = 1,375,000; 100 × 0.1 + 900 × 0.01 = 19,000.
    #expect(report.logged == Int128(1_375_000 + 19_000))
    #expect(report.cost.expected == Int128(100_000 + 19_000))
  }

  @Test func `never adds amounts of two currencies`() throws {
    let ground = try ReplayGround("otherwise { use middle }")
    func costing(_ cost: String, _ currency: String?, model: String = "unheard") -> String {
      ReplayGround.line(
        0, model: model, input: 1000, output: 0,
        more: #","cost":\#(cost)"# + (currency.map { #","currency":"\#($0)""# } ?? ""))
    }
    let report = try ground.replay([
      costing("0.5", "USD"), costing("0.25", nil), costing("100", "EUR"),
      // Its price is known: what the log says is not needed.
      costing("100", "EUR", model: "large"), costing("7", "GBP"), costing("100", "EUR"),
    ]).report
    #expect(report.requests == 3)
    #expect(report.logged == Int128(750_000_000 + 2_500_000))
    let reasons = report.leftOut.map { ($0.reason, $0.requests, $0.example) }
    #expect(reasons.count == 2)
    #expect(reasons[0].0 == .otherCurrency("EUR") && reasons[0].1 == 2 && reasons[0].2 == 3)
    #expect(reasons[1].0 == .otherCurrency("GBP") && reasons[1].1 == 1 && reasons[1].2 == 5)
  }

  @Test func `has routes whose costs add up to the last step, to the last unit`() throws {
    let ground = try ReplayGround(
      Self.ladder
        + """

        route a when prompt.tokens <= 10 { use cheap }
        route b when prompt.tokens <= 100 { use cheap }
        route c when prompt.tokens <= 1000 { use cheap }
        otherwise { use cheap }
        """)
    var rates = ReplayRates()
    rates.acceptance = [
      ModelID(0): Acceptance(share: Share(millionths: 333_333), source: "said"),
      ModelID(1): Acceptance(share: Share(millionths: 777_777), source: "said"),
    ]
    let inputs: [Int64] = [7, 7, 77, 501, 3, 90, 999, 1001, 12, 5003]
    let report = try ground.replay(
      inputs.map { ReplayGround.line($0, input: $0, output: $0 % 7) }, rates: rates
    ).report
    #expect(report.routes.count == 4)
    let expected = report.routes.compactMap(\.cost.expected).reduce(0, +)
    let low = report.routes.map(\.cost.low).reduce(0, +)
    let high = report.routes.map(\.cost.high).reduce(0, +)
    #expect(expected == report.cost.expected && low == report.cost.low && high == report.cost.high)
  }

  @Test func `counts apart what cannot be decided or priced, by its reason`() throws {
    let ground = try ReplayGround(
      """
      facts {
        plan : free | pro required
      }
      route hello when plan = pro and question mentions "hello" { use small }
      route none when plan = pro and prompt.tokens >= 5k { refuse "too long" }
      otherwise { use middle }
      """)
    let pro = #","metadata":{"plan":"pro"}"#
    let free = #","metadata":{"plan":"free"}"#
    let report = try ground.replay([
      ReplayGround.line(0, input: 10, output: 1, more: free),
      ReplayGround.line(0, input: 10, output: 1, more: pro),
      ReplayGround.line(0, input: 10, output: 1),
      ReplayGround.line(0, model: "unheard", input: 10, output: 1, more: free),
      ReplayGround.line(0, model: "unheard", input: 10, output: 1, more: free + #","cost":0.5"#),
      #"{"time":1700000000,"model":"large","metadata":{"plan":"free"}}"#,
    ]).report
    #expect(report.requests == 2)
    #expect(report.pricedByCatalog == 1)
    #expect(report.logged == Int128(35_000 + 500_000_000))
    let reasons = report.leftOut.map { ($0.reason, $0.requests, $0.example) }
    #expect(reasons.count == 4)
    #expect(reasons[0].0 == .noText && reasons[0].2 == 2)
    if case .badFacts = reasons[1].0 {} else { Issue.record("\(reasons[1].0)") }
    #expect(reasons[2].0 == .noPrice("unheard") && reasons[2].2 == 4)
    #expect(reasons[3].0 == .noTokens && reasons[3].2 == 6)
  }

  @Test func `decides by the texts where the log has them`() throws {
    let ground = try ReplayGround(
      """
      route hello when question mentions "hello" { use small }
      otherwise { use middle }
      """)
    func asked(_ text: String) -> String {
      ReplayGround.line(
        0, input: 100, output: 0,
        more: #","messages":[{"role":"user","content":"\#(text)"}]"#)
    }
    let report = try ground.replay([asked("hello there"), asked("good day"), asked("hello")]).report
    #expect(report.routes.map(\.name) == ["hello", "otherwise"])
    #expect(report.routes.map(\.requests) == [2, 1])
    #expect(report.cost.expected == Int128(2 * 1_000 + 10_000))
  }

  @Test func `takes off what compressions and batches are said to save, and only where they are`()
    throws
  {
    let ground = try ReplayGround(
      """
      compress trim { target context  to 50% with extractive }
      route long when prompt.tokens >= 1k { compress trim  use middle }
      otherwise { use middle }
      """)
    var rates = ReplayRates()
    rates.compression = Share(millionths: 250_000)
    let report = try ground.replay(
      [ReplayGround.line(0, input: 2000, output: 0), ReplayGround.line(0, input: 100, output: 0)],
      rates: rates
    ).report
    #expect(report.steps.map(\.kind) == [.logged, .routing, .compression])
    #expect(report.cost.expected == Int128(150_000 + 10_000))
  }

  @Test func `decides like others of its cell as it would by itself`() throws {
    let ground = try ReplayGround(
      """
      facts {
        plan  : free | pro | team = free
        seats : count = 1
      }
      zone "UTC"
      route weekend when weekday in (saturday, sunday) and hour >= 9 { use small }
      route third   when weekday = wednesday and prompt.tokens != 4000 { use middle }
      route payday  when date = 2023-12-01 or date >= 2023-12-20 { use small fallback middle }
      route long    when prompt.tokens > 3k and hour in (1, 5, 6) { use large }
      route exact   when prompt.tokens = 2500 { use middle }
      route team    when plan = team and not (hour >= 22 or prompt.tokens < 40) { use large }
      otherwise { use small fallback middle }
      """)
    let seed: UInt64 = 20_261_122
    var random = SplitMix(state: seed)
    // Few sizes, on limits and beside them, so that every cell is met again.
    let sizes: [Int64] = [0, 39, 40, 41, 2_499, 2_500, 2_501, 3_000, 3_001, 4_000, 4_001, 9_000]
    let rows = (0..<20_000).map { _ in
      SomeRow(&random, input: sizes[Int(random.next() % UInt64(sizes.count))])
    }
    var routes: Set<Int> = []
    var wrong: [Int] = []
    _ = try ground.replay(rows.map(\.line)) { row, text, log, replay, number in
      guard let alone = try? replay.decided(row, text, of: log).decision else {
        wrong.append(row.line)
        return
      }
      // Where no call is left there is no class.
      let route: RouteID? = if case .route(let route) = alone.outcome { route } else { nil }
      if number.map({ replay.classes[$0].route }) != route { wrong.append(row.line) }
      if let route { routes.insert(route.index) }
    }
    SharedData.say("replay: seed \(seed), \(rows.count) rows, \(routes.count) routes by cells")
    #expect(wrong.isEmpty, "seed \(seed), lines \(wrong.prefix(5))")
    #expect(routes.count == 7)
  }

  @Test func `agrees with a plain replay, request by request`() throws {
    let ground = try ReplayGround(
      Self.ladder
        + """

        facts {
          plan  : free | pro | team = free
          seats : count = 1
        }
        zone "UTC"
        route night when hour >= 22 or hour < 6 { use small fallback middle }
        route big when prompt.tokens >= 2k { use large max_output 300 tokens }
        route team when plan = team and seats >= 20 { use cheap }
        route split when plan = pro {
          split by tenant { 50% as old use middle  50% as new use small }
        }
        otherwise { use cheap }
        """)
    let seed: UInt64 = 20_261_123
    var random = SplitMix(state: seed)
    let rows = (0..<4_000).map { _ in SomeRow(&random) }
    var rates = ReplayRates()
    rates.acceptance = [
      ModelID(0): Acceptance(share: Share(millionths: 750_000), source: "said"),
      ModelID(1): Acceptance(share: Share(millionths: 400_000), source: "said"),
    ]
    let (_, report) = try ground.replay(rows.map(\.line), rates: rates)
    var plain = PlainReplay(ground.decider)
    for row in rows { try plain.add(row) }
    SharedData.say("replay: seed \(seed), \(rows.count) rows, \(plain.routes.count) routes")
    #expect(report.requests == Int64(rows.count))
    #expect(plain.routes.count == 5)
    for (name, count) in plain.routes {
      let found = report.routes.filter { $0.name == name }.reduce(0) { $0 + $1.requests }
      #expect(found == count, "\(name)")
    }
    // Of millionths of millionths, as two tiers are reached by a share of a share.
    let cost = (plain.picoShares + 999_999_999_999) / 1_000_000_000_000
    #expect(report.cost.expected == cost)
  }
}

/// A row of a generated log.
private struct SomeRow {
  let time: Int64
  let tenant: String
  let plan: String
  let seats: Int64
  let input: Int64
  let output: Int64

  init(_ random: inout SplitMix, input: Int64? = nil) {
    time = Int64(random.next() % (40 * 86_400_000))
    tenant = "tenant-\(random.next() % 9)"
    plan = ["free", "pro", "team"][Int(random.next() % 3)]
    seats = Int64(random.next() % 40)
    self.input = input ?? Int64(random.next() % 9_000)
    output = Int64(random.next() % 1_500)
  }

  var line: String {
    #"{"time":\#(timestamp.milliseconds),"tenant":"\#(tenant)","model":"large","input_tokens":\#(input),"#
      + #""output_tokens":\#(output),"metadata":{"plan":"\#(plan)","seats":\#(seats)}}"#
  }

  var timestamp: Timestamp { Timestamp(milliseconds: 1_700_000_000_000 + time) }
}

/// The same without memory of plans, interned names or reused facts: a request at a time, by the
/// decider's own decision of a request with such sizes, and prices worked out here.
private struct PlainReplay {
  let decider: Decider
  var routes: [String: Int64] = [:]
  /// Nanos × 10^12.
  var picoShares: Int128 = 0

  /// Picos a token: input and output.
  private static let prices: [String: (Int128, Int128)] = [
    "small": (10_000, 20_000), "middle": (100_000, 300_000), "large": (2_500_000, 10_000_000),
  ]

  init(_ decider: Decider) { self.decider = decider }

  mutating func add(_ row: SomeRow) throws {
    var input = RequestInput(moment: try #require(ReplayGround.moment(row.timestamp)))
    input.tenant = row.tenant
    input.model = "large"
    input.metadata = ["plan": .text(row.plan), "seats": .integer(row.seats)]
    // As many tokens as the row has, for certain: words of one token each.
    let hour = input.moment.hour
    let route: String
    let calls: [(model: String, cap: Int64)]
    let ladder: [(String, Int64)] = [("small", 1000), ("middle", 2000), ("large", 8000)]
    switch true {
    case hour >= 22 || hour < 6: (route, calls) = ("night", [("small", 1000)])
    case row.input >= 2000: (route, calls) = ("big", [("large", 300)])
    case row.plan == "team" && row.seats >= 20: (route, calls) = ("team", ladder)
    case row.plan == "pro":
      var facts = try decider.graph.facts(of: input)
      var scratch = Scratch(for: decider.graph)
      let decision = decider.decide(input, &facts, expecting: Expectations(), in: &scratch)
      (route, calls) = (
        "split", decision.arm?.name == "new" ? [("small", 1000)] : [("middle", 2000)]
      )
    default: (route, calls) = ("otherwise", ladder)
    }
    routes[route, default: 0] += 1
    var reach: Int128 = 1_000_000
    for call in kept(calls, row) {
      let price = try #require(Self.prices[call.model])
      let output = Int128(min(row.output, call.cap))
      let picos = Int128(row.input) * price.0 + output * price.1
      picoShares += (picos + 999) / 1000 * reach * 1_000_000
      let rejected: Int128 = call.model == "small" ? 250_000 : 600_000
      reach = reach * rejected / 1_000_000
    }
  }

  /// A prompt that does not fit a window is not sent there; `night` then falls back.
  private func kept(
    _ calls: [(model: String, cap: Int64)], _ row: SomeRow
  ) -> [(model: String, cap: Int64)] {
    guard row.input >= 8000 else { return calls.map { ($0.model, room($0, row)) } }
    let fitting = calls.filter { $0.model != "small" }
    return fitting.isEmpty ? [("middle", 2000)] : fitting
  }

  /// What the window leaves of the cap, never less than 256 where the prompt fits.
  private func room(_ call: (model: String, cap: Int64), _ row: SomeRow) -> Int64 {
    guard call.model == "small" else { return call.cap }
    return min(call.cap, max(8000 - row.input, min(256, 8000 - row.input)))
  }
}
