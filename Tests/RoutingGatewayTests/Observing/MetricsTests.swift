import PolicyUnits
import PrometheusMetrics
import RoutingBudgets
import RoutingHealth
import RoutingLedger
import Testing

@testable import RoutingGateway
@testable import RoutingService

@Suite struct `Metrics of the gateway` {
  let registry = PrometheusRegistry(GatewayMetric.all)
  let metrics: GatewayMetrics

  init() { metrics = GatewayMetrics(registry) }

  /// The value of a line; nil if it is not there.
  private func value(_ series: String) -> String? {
    registry.text().split(separator: "\n").first { $0.hasPrefix(series + " ") }
      .map { String($0.dropFirst(series.count + 1)) }
  }

  @Test func `names are unique, described, and end in their unit`() {
    #expect(Set(GatewayMetric.all.map(\.name)).count == GatewayMetric.all.count)
    for family in GatewayMetric.all {
      #expect(family.name.hasPrefix("rung_"))
      #expect(family.help.hasSuffix("."))
      switch family.kind {
      case .counter: #expect(family.name.hasSuffix("_total"))
      case .histogram: #expect(family.name.hasSuffix("_seconds"))
      case .gauge: #expect(!family.name.hasSuffix("_total"))
      }
      #expect(registry.text().contains("# HELP \(family.name) \(family.help)\n"))
    }
  }

  @Test func `a request is counted with its calls, tokens and cost`() {
    metrics.observe(
      EntryMaking.served(EntryMaking.entry(.answered, [EntryMaking.attempt("small", "accepted")])))
    let call = #"model="small",outcome="accepted",provider="acme",role="answer""#
    let expected = [
      #"rung_requests_total{endpoint="/v1/chat/completions",outcome="answered",route="support","#
        + #"status="200"}"#: "1",
      "rung_upstream_calls_total{\(call)}": "1",
      #"rung_tokens_total{kind="input",model="small",provider="acme"}"#: "100",
      #"rung_tokens_total{kind="cached_input",model="small",provider="acme"}"#: "40",
      #"rung_tokens_total{kind="output",model="small",provider="acme"}"#: "20",
      #"rung_tokens_total{kind="reasoning",model="small",provider="acme"}"#: "5",
      #"rung_cost_nanounits_total{certainty="exact",currency="USD",route="support"}"#: "12345",
      #"rung_upstream_cost_nanounits_total{currency="USD",model="small",provider="acme"}"#: "1000",
      #"rung_request_duration_seconds_sum{endpoint="/v1/chat/completions",route="support","#
        + #"streamed="false"}"#: "0.3",
      #"rung_request_first_byte_seconds_count{endpoint="/v1/chat/completions",route="support","#
        + #"streamed="false"}"#: "1",
      #"rung_upstream_call_duration_seconds_sum{model="small",provider="acme"}"#: "0.25",
      #"rung_upstream_first_byte_seconds_sum{model="small",provider="acme"}"#: "0.1",
    ]
    for (series, figure) in expected { #expect(value(series) == figure, "\(series)") }
  }

  @Test func `escalations, fallbacks and retries are counted apart`() {
    let attempts = [
      EntryMaking.attempt("small", "failed", "limited"),
      EntryMaking.attempt("small", "rejected", "rejected by helpful", repeats: 2),
      EntryMaking.attempt("middle", "dropped", "lacks tools", repeats: 0),
      EntryMaking.attempt("large", "failed", "unavailable"),
      EntryMaking.attempt("other", "accepted"),
    ]
    #expect(
      AttemptStep.steps(attempts) == [
        .retry(cause: "limited"), .escalation(gate: "helpful"), .fallback(cause: "unavailable"),
      ])
    metrics.observe(EntryMaking.served(EntryMaking.entry(.answered, attempts)))
    #expect(value(#"rung_escalations_total{gate="helpful",route="support"}"#) == "1")
    #expect(value(#"rung_fallbacks_total{cause="unavailable",route="support"}"#) == "1")
    #expect(value(#"rung_retries_total{cause="limited",route="support"}"#) == "1")
    #expect(value(#"rung_gate_verdicts_total{gate="helpful",verdict="rejected"}"#) == "1")
    #expect(
      value(
        #"rung_upstream_calls_total{model="large",outcome="unavailable",provider="acme","#
          + #"role="answer"}"#) == "1")
  }

  @Test func `a spent budget, an unknown cost and an estimate have counters of their own`() {
    var refused = EntryMaking.entry(.refused)
    refused.reason = "budget tenant_daily"
    refused.cost = .unknown
    metrics.observe(EntryMaking.served(refused, status: 402))
    refused.reason = "guard no_secrets"
    metrics.observe(EntryMaking.served(refused, status: 403))
    var attempt = EntryMaking.attempt("small", "accepted")
    attempt.tokens = TokenEntry(input: 1, output: 1, isEstimated: true)
    metrics.observe(EntryMaking.served(EntryMaking.entry(.answered, [attempt])))
    #expect(value(#"rung_budget_refusals_total{budget="tenant_daily"}"#) == "1")
    #expect(!registry.text().contains("no_secrets"))
    #expect(value(#"rung_cost_unknown_total{route="support"}"#) == "2")
    #expect(value(#"rung_usage_estimated_total{model="small",provider="acme"}"#) == "1")
  }

  @Test func `what never reached the policy is counted too`() {
    let overload = Overload(reason: .queueFull, retryAfter: 1)
    metrics.observe(
      ServedRequest(EntryMaking.id, .chatCompletions, status: 503, .overload(overload)))
    metrics.observe(ServedRequest(EntryMaking.id, nil, status: 404, .problem(code: "unknown_url")))
    metrics.observe(
      ServedRequest(
        EntryMaking.id, .embeddings, status: 503,
        .ledger(RequestFailure(id: EntryMaking.id, description: "the disk is full"))))
    #expect(value(#"rung_overload_refusals_total{reason="queue_full"}"#) == "1")
    #expect(value("rung_ledger_failures_total") == "1")
    #expect(
      value(#"rung_requests_total{endpoint="other",outcome="unfit",route="none",status="404"}"#)
        == "1")
  }

  @Test func `the version that decides is the only one exported`() {
    metrics.serve(version: "a-1", loadedAt: 100)
    metrics.serve(version: "a-1", loadedAt: 200)
    metrics.serve(version: "b-2", loadedAt: 300)
    #expect(value(#"rung_policy_info{version="b-2"}"#) == "1")
    #expect(value(#"rung_policy_info{version="a-1"}"#) == nil)
    #expect(value("rung_policy_loaded_timestamp_seconds") == "300")
    for reload in GatewayMetrics.Reload.allCases { metrics.observe(reload) }
    #expect(value(#"rung_policy_reloads_total{result="refused"}"#) == "1")
  }

  @Test func `what is under way is set`() {
    metrics.set(Admission.Figures(inFlight: 3, queued: 2, bodyBytes: 4_096))
    #expect(value("rung_requests_in_flight") == "3")
    #expect(value("rung_requests_queued") == "2")
    #expect(value("rung_request_body_bytes") == "4096")
  }
}
