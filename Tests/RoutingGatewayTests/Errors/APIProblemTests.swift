import JSONReading
import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingGateway
import RoutingHealth
import RoutingRequests
import RoutingService
import RoutingTestSupport
import Testing

struct APIProblemTests {
  private static let date: CalendarDate = {
    guard let date = CalendarDate(year: 2026, month: 3, day: 2) else {
      preconditionFailure("the second of March is a date")
    }
    return date
  }()
  private static let moment = LocalMoment(date: date, weekday: .monday, hour: 20)

  private static func full(_ unit: BudgetUnit, _ window: CounterWindow, needed: Int64?)
    -> FullBudget
  {
    FullBudget(
      CounterKey(budget: "b", unit: unit, owner: "tenant:acme", window: window),
      cap: 2_000_000_000, needed: needed, used: 1_500_000_000, at: moment)
  }

  static let table: [(APIProblem, status: Int, code: String, retryAfter: Int64?, again: Bool)] = [
    (
      APIProblem(
        full(.money, .day(date), needed: 600_000_000), currency: "USD", budgetIsLimit: false),
      402, "budget_exceeded", 14_400, false
    ),
    (
      APIProblem(
        full(.money, .day(date), needed: 600_000_000), currency: "USD", budgetIsLimit: true),
      429, "budget_exceeded", 14_400, false
    ),
    (
      APIProblem(
        full(.money, .day(date), needed: 2_600_000_000), currency: "USD", budgetIsLimit: false),
      402, "budget_exceeded", nil, false
    ),
    (
      APIProblem(
        full(.requests, .minute, needed: 1_000_000_000), currency: "USD", budgetIsLimit: false),
      429, "rate_limit_exceeded", 60, true
    ),
    (
      APIProblem(
        full(.atOnce, .running, needed: 1_000_000_000), currency: "USD", budgetIsLimit: false), 429,
      "rate_limit_exceeded", 1, true
    ),
    (
      APIProblem(
        full(.tokens, .hour, needed: 3_000_000_000), currency: "USD", budgetIsLimit: false), 429,
      "rate_limit_exceeded", nil, false
    ),
    (APIProblem(RequestProblem.choices(2, gate: "g")), 400, "unsupported_value", nil, true),
    (
      APIProblem(RequestProblem.content(.media(kind: "file"))), 400, "unsupported_content", nil,
      true
    ),
    (
      APIProblem(RequestProblem.content(.pricedField("service_tier"))), 400, "unsupported_field",
      nil, true
    ),
    (APIProblem(RequestProblem.cacheWrites(model: "m")), 400, "unbounded_cost", nil, true),
    (
      APIProblem(RequestProblem.unbounded(UnboundedClaim(budget: "b", unit: .money))), 400,
      "unbounded_cost", nil, true
    ),
    (APIProblem(RequestProblem.keyOfAnotherBody), 422, "idempotency_key_reused", nil, true),
    (APIProblem(RequestProblem.keyLost), 422, "idempotency_key_lost", nil, true),
    (APIProblem(RequestProblem.needsLedger("x")), 501, "needs_ledger", nil, false),
    (APIProblem(FactProblem.textTooLong(bytes: 9, limit: 8)), 413, "text_too_long", nil, true),
    (.ledgerUnavailable("disk full"), 503, "ledger_unavailable", 1, true),
    (.unknownPath("/v1/responses"), 404, "unsupported_endpoint", nil, true),
    (.unknownPath("/v1/responses/abc"), 404, "unsupported_endpoint", nil, true),
    (.unknownPath("/v1/responsesx"), 404, "unknown_url", nil, true),
    (.unknownPath("/v1/chat/completions/x"), 404, "unsupported_endpoint", nil, true),
    (.unknownPath("/\u{1b}[2J\n`x"), 404, "unknown_url", nil, true),
  ]

  private static func provider(_ kind: ProviderFailure.Kind, _ wait: Int64? = nil) -> CallCause {
    .provider(kind, retryAfter: wait.map { Milliseconds($0) })
  }

  /// The last failure, the causes of all calls, and what the caller is told.
  static let calls: [(CallFailure, [CallCause], status: Int, code: String, retryAfter: Int64?)] = [
    (.unavailable, [provider(.unavailable)], 502, "upstream_failed", nil),
    (.unavailable, [.broken], 502, "upstream_failed", nil),
    (.unavailable, [provider(.unauthorized)], 502, "upstream_failed", nil),
    (.unavailable, [provider(.notFound)], 502, "upstream_failed", nil),
    (.unavailable, [.unreachable], 503, "upstream_unavailable", nil),
    (.unavailable, [.unsent], 503, "upstream_unavailable", nil),
    (.unavailable, [.held(.open, wait: Milliseconds(2100))], 503, "upstream_unavailable", 3),
    (.limited, [.held(.requests, wait: Milliseconds(900))], 429, "rate_limit_exceeded", 1),
    (.unavailable, [], 503, "upstream_unavailable", nil),
    (.unavailable, [.unreachable, .silent], 504, "upstream_timeout", nil),
    (.unavailable, [provider(.limited, 2500), .unreachable], 503, "upstream_unavailable", 3),
    (.limited, [provider(.limited, 20_000)], 429, "rate_limit_exceeded", 20),
    (
      .limited, [provider(.limited, 20_000), provider(.limited, 5001)], 429, "rate_limit_exceeded",
      6
    ),
    (.limited, [provider(.limited)], 429, "rate_limit_exceeded", 1),
    (.limited, [provider(.tooLong), provider(.limited)], 429, "rate_limit_exceeded", 1),
    (.limited, [.unreachable, provider(.limited, 100)], 502, "upstream_failed", 1),
    (.tooLong, [provider(.tooLong), provider(.tooLong)], 400, "context_length_exceeded", nil),
    (.tooLong, [], 400, "context_length_exceeded", nil),
    (.tooLong, [.silent, provider(.tooLong)], 502, "upstream_failed", nil),
    (.unavailable, [provider(.badRequest)], 400, "refused_by_provider", nil),
    (.unavailable, [provider(.badRequest), provider(.unavailable)], 502, "upstream_failed", nil),
    (.filtered, [provider(.filtered)], 400, "content_filter", nil),
  ]

  @Test(arguments: table.indices)
  func `a request that ends early is told why`(row: Int) throws {
    let (problem, status, code, retryAfter, again) = Self.table[row]
    #expect(problem.status == status && problem.code == code)
    #expect(problem.retryAfter == retryAfter && problem.isWorthRetrying == again)
  }

  @Test(arguments: calls.indices)
  func `failed calls add up to one status`(row: Int) {
    let (last, causes, status, code, retryAfter) = Self.calls[row]
    let problem = APIProblem.failed(last, causes: causes, saying: "m at p: x")
    #expect(problem.status == status && problem.code == code)
    #expect(problem.retryAfter == retryAfter)
  }

  @Test func `a full budget names its figures for programs too`() throws {
    let problem = APIProblem(
      Self.full(.money, .day(Self.date), needed: 600_000_000), currency: "USD", budgetIsLimit: false
    )
    let error = try #require(JSONText(problem.body(of: "req-1")).root["error"])
    #expect(
      error["message"]?.string?.contains("budget `b` of $2.00 a day for tenant `acme`") == true)
    #expect(error["message"]?.string?.hasSuffix("(request req-1)") == true)
    let details = try #require(error["details"])
    #expect(
      String(decoding: details.raw, as: UTF8.self)
        == #"{"name":"b","unit":"USD","limit":2.00,"spent":1.50,"left":0.50,"needed":0.60,"resets_in_seconds":14400}"#
    )
  }

  @Test func `every error is OpenAI's object on one line with its request`() throws {
    let problems =
      Self.table.map(\.0)
      + Self.calls.map { APIProblem.failed($0.0, causes: $0.1, saying: "m at p: x") }
    let schema = try OpenAISchema("ErrorResponse")
    for problem in problems {
      let body = problem.body(of: "req-7")
      if let schema { #expect(schema.accepts(body), "\(problem)") }
      let error = try #require(JSONText(body).root["error"])
      for name in ["message", "type", "param", "code"] { #expect(error[named: name] != nil) }
      let message = try #require(error["message"]?.string)
      #expect(message.hasSuffix("(request req-7)"))
      #expect(!message.unicodeScalars.contains { $0.value < 0x20 })
    }
    if schema != nil { SharedData.say("errors held to OpenAI's schema: \(problems.count)") }
  }
}
