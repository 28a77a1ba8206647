import JSONWriting
import LedgerPages
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import Testing

@Suite struct `The page of a row` {
  private func row() throws -> ChainedEntry {
    let policy = try KeptPolicy()
    var entry = try policy.row("I want a refund")
    entry.caller = .init(tenant: "acme", user: "ada", key: "web", conversation: nil)
    entry.fingerprints = .init(policy: "p1", catalog: "c1", systemPrompt: "s1", body: "b1")
    entry.isStreamed = true
    entry.firstByte = Milliseconds(120)
    entry.elapsed = Milliseconds(1_234)
    var first = AttemptEntry(verdict: "rejected", cost: .exact(Money(nanos: 23_000)))
    first.model = "small"
    first.provider = "here"
    first.region = "eu"
    first.upstream = "small-v1"
    first.upstreamServed = "small\u{1B}[31m"
    first.ladder = "climb"
    first.tier = 1
    first.attempt = 1
    first.reason = "rejected by good"
    first.gates = [
      GateEntry(name: "good", score: nil, isAccepted: false, hasFailed: false, cost: .exact(.zero)),
      GateEntry(
        name: "helpful", score: 250_000, isAccepted: false, hasFailed: true,
        cost: .atMost(Money(nanos: 5_000))),
    ]
    first.tokens = TokenEntry(input: 1_200, cachedInput: 200, output: 30, reasoning: 10)
    first.parts.input = 1_000_000
    first.parts.output = 22_000_000
    first.reserved = Money(nanos: 50_000)
    first.maxOutput = 500
    first.httpStatus = 200
    first.latency = Milliseconds(300)
    var skipped = AttemptEntry(verdict: "dropped", cost: .exact(.zero))
    skipped.model = "large"
    skipped.reason = "budget daily"
    entry.attempts = [first, skipped]
    entry.charges = [
      ChargeEntry(
        key: CounterKey(
          budget: "daily", unit: .money, owner: "tenant:acme",
          window: CalendarDate(year: 2026, month: 11, day: 21).map { .day($0) } ?? .running),
        amount: 123_000),
      ChargeEntry(
        key: CounterKey(budget: "rate", unit: .requests, owner: nil, window: .minute), amount: 1),
    ]
    return ChainedEntry(sequence: 17, entry: entry, hash: Array(repeating: 0xAB, count: 32))
  }

  @Test func `says who, what, how and how much`() throws {
    let row = try row()
    let text = RowPage(row).lines.joined(separator: "\n")
    #expect(
      text == """
        request   \(row.entry.id)  2026-11-21T12:00:00.123Z
        status    answered by large
        caller    tenant acme · user ada · key web
        asked     model auto, streamed
        decided   route hard · task billing
        calls     1 made
          climb tier 1 small  at here (eu) as small-v1, which says it is small·[31m  rejected by good
            cost $0.000023 · $0.00005 set aside · at most 500 out · HTTP 200 · 300ms
            tokens 1,200 in (200 cached) · 30 out (10 reasoning)
            of it input $0.000001 · output $0.000022
            gate good rejected
            gate helpful failed, taken as rejected at 0.25, cost at most $0.000005
          large  dropped: budget daily
        cost      $0.000123
        charged   to budgets and limits
          daily  tenant:acme  day 2026-11-21  $0.000123
          rate   all callers  the minute      1 request
        latency   first byte after 120ms, whole 1234ms
        prints    policy p1 · catalog c1 · system prompt s1 · body b1
        chain     row 17, \(String(repeating: "ab", count: 32))
        """)
  }

  private func rating(
    _ sequence: Int64, of row: ChainedEntry, _ rating: Rating, _ comment: String? = nil,
    counts: Bool = true
  ) -> ReadRating {
    let entry = RatingEntry(
      request: row.entry.id, time: row.entry.time, rater: .init(user: "ada", key: "web"),
      rating: rating, comment: comment)
    return ReadRating(
      ChainedRating(sequence: sequence, entry: entry, hash: Array(repeating: 1, count: 32)),
      counts: counts)
  }

  @Test func `says how its answer was rated`() throws {
    let row = try row()
    let ratings = [
      rating(3, of: row, .good, counts: false),
      rating(8, of: row, .score(millionths: 250_000), "too\u{1B}[31m short"),
    ]
    let lines = RowPage(row, ratings: ratings).lines
    let first = try #require(lines.firstIndex { $0.hasPrefix("rated     ") })
    let time = "2026-11-21T12:00:00.123Z"
    #expect(
      lines[first...].prefix(2) == [
        "rated     good · \(time) · user ada · key web · said anew since",
        "          0.25 · \(time) · user ada · key web · “too·[31m short”",
      ])
    let many = (1...25).map { rating($0, of: row, .good) }
    #expect(
      RowPage(row, ratings: many).lines.contains("rated     15 earlier, not shown"))
    let json = RowReport(row, .unavailable(.policyNotKept("p1")), ratings: ratings).json()
    #expect(json.contains("\"ratings\":[{\"format\":\"rung.ledger.ratings/1\",\"sequence\":3,"))
  }

  @Test(arguments: LedgerEntry.Status.allCases)
  func `has a word for every ending`(status: LedgerEntry.Status) throws {
    var entry = try KeptPolicy().row("hello")
    entry.status = status
    entry.cost = .unknown
    let text = RowPage(ChainedEntry(sequence: 1, entry: entry, hash: [])).lines
      .joined(separator: "\n")
    #expect(text.contains("status    ") && text.contains("cost      unknown"))
  }

  @Test func `goes with its explanation as text and as JSON`() throws {
    let row = try row()
    let change = PolicyChange(was: "p1", now: "p2", path: "team/policy.rung")
    let report = RowReport(row, .unavailable(.policyNotKept("p1")), change: change)
    #expect(
      report.text().hasSuffix(
        """

        policy p1 is not the one in team/policy.rung now (p2)
        not explained: the ledger does not hold policy p1

        """))
    let json = report.json()
    #expect(json.contains("\"explained\":false"))
    #expect(json.contains("\"policy_now\":\"p2\""))
    #expect(json.contains("\"id\":\"\(row.entry.id)\""))
    #expect(PolicyChange(was: "p1", now: "p1", path: "x") == nil)
  }
}
