package import PrometheusMetrics

/// Every metric the gateway exports, with its unit in its name.
///
/// A label holds only what the policy, the catalog and this list name: never what a caller sent.
package enum GatewayMetric {
  // MARK: Requests

  package static let requests = MetricFamily(
    "rung_requests_total", .counter,
    help: "Requests answered, by what was asked for, the policy's route, HTTP status and outcome.",
    labels: ["endpoint", "route", "status", "outcome"])
  package static let duration = MetricFamily(
    "rung_request_duration_seconds", .histogram(.callSeconds),
    help: "From the end of a request's headers to the last byte of its answer.",
    labels: ["endpoint", "route", "streamed"])
  package static let firstByte = MetricFamily(
    "rung_request_first_byte_seconds", .histogram(.firstByteSeconds),
    help: "From the end of a request's headers to the first byte of its answer.",
    labels: ["endpoint", "route", "streamed"])
  package static let inFlight = MetricFamily(
    "rung_requests_in_flight", .gauge, help: "Requests being served.")
  package static let queued = MetricFamily(
    "rung_requests_queued", .gauge, help: "Requests waiting for another one to end.")
  package static let bodyBytes = MetricFamily(
    "rung_request_body_bytes", .gauge, help: "Bytes of request bodies in memory.")
  package static let overloads = MetricFamily(
    "rung_overload_refusals_total", .counter,
    help: "Requests refused because the gateway had taken on all it may.", labels: ["reason"])
  package static let commits = MetricFamily(
    "rung_stream_commits_total", .counter,
    help: "Streams begun, by why their first byte might go out.", labels: ["commit"])
  package static let brokenStreams = MetricFamily(
    "rung_streams_broken_off_total", .counter,
    help: "Streams that broke off after their first byte, by who broke them off.",
    labels: ["cause"])

  package static let malformed = MetricFamily(
    "rung_malformed_requests_total", .counter,
    help: "Messages refused before they were requests, their connection closed with them.",
    labels: ["code"])

  // MARK: Routing

  package static let escalations = MetricFamily(
    "rung_escalations_total", .counter,
    help: "Steps to a higher tier because a gate rejected an answer.", labels: ["route", "gate"])
  package static let fallbacks = MetricFamily(
    "rung_fallbacks_total", .counter,
    help: "Steps to another model because a call failed.", labels: ["route", "cause"])
  package static let retries = MetricFamily(
    "rung_retries_total", .counter,
    help: "Calls repeated on the same model because one failed.", labels: ["route", "cause"])
  package static let compressions = MetricFamily(
    "rung_compressions_total", .counter,
    help: "Requests a compression applied to: sent compressed, or left alone.",
    labels: ["route", "result"])
  package static let batches = MetricFamily(
    "rung_batched_requests_total", .counter,
    help: "Requests of routes with batch: shared a call with others, or were asked alone.",
    labels: ["route", "result"])
  package static let gates = MetricFamily(
    "rung_gate_verdicts_total", .counter,
    help: "Answers held against a gate: accepted, rejected, or the gate failed.",
    labels: ["gate", "verdict"])

  // MARK: Upstream

  package static let calls = MetricFamily(
    "rung_upstream_calls_total", .counter,
    help: "Calls to providers, judges and classifiers included.",
    labels: ["model", "provider", "role", "outcome"])
  package static let callDuration = MetricFamily(
    "rung_upstream_call_duration_seconds", .histogram(.callSeconds),
    help: "How long calls to providers took.", labels: ["model", "provider"])
  package static let callFirstByte = MetricFamily(
    "rung_upstream_first_byte_seconds", .histogram(.firstByteSeconds),
    help: "How long providers took to their first byte.", labels: ["model", "provider"])
  package static let circuits = MetricFamily(
    "rung_circuit_state", .gauge,
    help: "The circuit of a deployment: 0 closed, 1 probing, 2 open.",
    labels: ["provider", "upstream", "region"])
  package static let tokens = MetricFamily(
    "rung_tokens_total", .counter,
    help: "Tokens used. input includes cached_input and cache_write, output includes reasoning.",
    labels: ["model", "provider", "kind"])
  package static let estimated = MetricFamily(
    "rung_usage_estimated_total", .counter,
    help: "Calls counted at their bound because the provider gave no figures to trust.",
    labels: ["model", "provider"])

  package static let overbilled = MetricFamily(
    "rung_overbilled_calls_total", .counter,
    help: "Calls whose provider counts more than it was asked for, or than was set aside.",
    labels: ["model", "provider"])

  // MARK: Money

  package static let cost = MetricFamily(
    "rung_cost_nanounits_total", .counter,
    help:
      "What requests cost, in billionths of the currency; at_most if a provider gave no figures.",
    labels: ["route", "currency", "certainty"])
  package static let callCost = MetricFamily(
    "rung_upstream_cost_nanounits_total", .counter,
    help: "What calls cost by model, in billionths of the currency.",
    labels: ["model", "provider", "currency"])
  package static let unknownCost = MetricFamily(
    "rung_cost_unknown_total", .counter,
    help: "Requests whose cost nobody knows.", labels: ["route"])
  package static let budgetRefusals = MetricFamily(
    "rung_budget_refusals_total", .counter,
    help: "Requests refused because a budget or limit had too little left.", labels: ["budget"])

  // MARK: The cache

  package static let cacheRequests = MetricFamily(
    "rung_cache_requests_total", .counter,
    help: "Requests of routes with a cache: hit, similar, miss, refresh or skip.",
    labels: ["route", "use"])
  package static let cacheSimilar = MetricFamily(
    "rung_cache_similar_total", .counter,
    help: "Looks among similar questions: hit, miss, guarded (near, and stopped) or failed.",
    labels: ["route", "result"])
  package static let cacheSaved = MetricFamily(
    "rung_cache_saved_nanounits_total", .counter,
    help: "What answers out of the cache had cost when they were made, in billionths.",
    labels: ["route", "currency"])
  package static let cacheAnswers = MetricFamily(
    "rung_cache_answers", .gauge, help: "Answers in the cache.", labels: ["tier"])
  package static let cacheBytes = MetricFamily(
    "rung_cache_bytes", .gauge, help: "Bytes the cache is counted at.", labels: ["tier"])

  // MARK: The gateway itself

  package static let commitWait = MetricFamily(
    "rung_ledger_commit_seconds", .histogram(.workSeconds),
    help: "How long requests waited for the ledger to commit.")
  package static let ledgerFailures = MetricFamily(
    "rung_ledger_failures_total", .counter,
    help: "Requests without an answer because the ledger could not keep their row.")
  package static let policy = MetricFamily(
    "rung_policy_info", .gauge, help: "1 for the version of the policy that decides.",
    labels: ["version"])
  package static let policyLoaded = MetricFamily(
    "rung_policy_loaded_timestamp_seconds", .gauge,
    help: "When the policy that decides was loaded, in seconds since 1970.")
  package static let reloads = MetricFamily(
    "rung_policy_reloads_total", .counter,
    help: "Times the policy was read again: swapped, unchanged, or refused and the old one kept.",
    labels: ["result"])
  package static let logLost = MetricFamily(
    "rung_log_lines_lost_total", .counter,
    help: "Log lines dropped because whoever reads them was too slow.")

  package static let all = [
    requests, duration, firstByte, inFlight, queued, bodyBytes, overloads, commits, brokenStreams,
    malformed, escalations, fallbacks, retries, compressions, batches,
    gates,
    calls, callDuration, callFirstByte, circuits,
    tokens,
    estimated, overbilled, cost, callCost, unknownCost, budgetRefusals, cacheRequests, cacheSimilar,
    cacheSaved,
    cacheAnswers, cacheBytes, commitWait, ledgerFailures, policy, policyLoaded, reloads, logLost,
  ]
}
