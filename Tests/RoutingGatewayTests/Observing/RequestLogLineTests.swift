import JSONReading
import Logging
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import Testing

@testable import RoutingGateway
@testable import RoutingService

@Suite struct `The line of a request` {
  @Test func `says who, where to, how and for how much`() {
    var entry = EntryMaking.entry(
      .answered,
      [
        EntryMaking.attempt("small", "rejected", "rejected by helpful"),
        EntryMaking.attempt("large", "accepted"),
      ])
    entry.caller = LedgerEntry.Caller(tenant: "acme", user: "u-1", key: "web")
    entry.attempts[1].tier = 2
    let line = RequestLogLine.metadata(of: EntryMaking.served(entry))
    let expected: Logger.Metadata = [
      "request": "\(EntryMaking.id)", "endpoint": "/v1/chat/completions", "status": "200",
      "outcome": "answered", "streamed": "false", "body_bytes": "77", "took_us": "300000",
      "first_byte_us": "120000", "key": "web", "tenant": "acme", "route": "support",
      "model": "large", "provider": "acme", "tier": "2", "calls": "2", "climbs": "1",
      "fallbacks": "0", "retries": "0", "input_tokens": "200", "output_tokens": "40",
      "cost_nanounits": "12345", "cost_certainty": "exact", "currency": "USD",
    ]
    #expect(line.mapValues { "\($0)" } == expected.mapValues { "\($0)" })
  }

  @Test func `holds none of the caller's own words`() {
    var entry = EntryMaking.entry(.answered, [EntryMaking.attempt("small", "accepted")])
    let canary = "canary-7d1f"
    entry.caller.user = canary
    entry.caller.conversation = canary
    entry.modelAsked = canary
    entry.task = canary
    entry.facts = Array(canary.utf8)
    entry.fingerprints.systemPrompt = canary
    entry.fingerprints.body = canary
    entry.attempts[0].upstreamServed = canary
    let served = EntryMaking.served(entry)
    for format in [LogFormat.json, .text(isColoured: true)] {
      let event = LogEvent(
        level: .info, message: RequestLogLine.message, error: nil, metadata: nil, source: nil,
        file: "", function: "", line: 0)
      let line = format.line(event, RequestLogLine.metadata(of: served), at: "now")
      #expect(!String(decoding: line, as: UTF8.self).contains(canary))
    }
  }

  @Test func `counts what left, and steps between calls that are to answer`() {
    var judge = EntryMaking.attempt("critic", "accepted")
    judge.role = .judge
    let open = EntryMaking.attempt("small", "failed", "circuit_open", repeats: 0)
    var failed = EntryMaking.attempt("critic", "failed", "unavailable")
    failed.role = .judge
    let entry = EntryMaking.entry(
      .answered, [open, EntryMaking.attempt("large", "accepted"), failed, judge])
    let line = RequestLogLine.metadata(of: EntryMaking.served(entry)).mapValues { "\($0)" }
    #expect(line["calls"] == "3", "an open circuit lets none leave")
    #expect(line["fallbacks"] == "1" && line["retries"] == "0" && line["climbs"] == "0")
  }

  @Test func `is a warning that names whose provider bills more than it may`() {
    var attempt = EntryMaking.attempt("small", "rejected", "rejected by helpful")
    attempt.reserved = Money(nanos: 999)
    let served = EntryMaking.served(EntryMaking.entry(.answered, [attempt]))
    #expect(RequestLogLine.level(of: served) == .warning)
    #expect("\(RequestLogLine.metadata(of: served)["overbilled"] ?? "")" == "small")
  }

  @Test func `a name without end is cut`() {
    var entry = EntryMaking.entry(.refused)
    entry.caller.tenant = String(repeating: "é", count: 5_000)
    let tenant = RequestLogLine.metadata(of: EntryMaking.served(entry))["tenant"]
    #expect("\(tenant ?? "")".utf8.count < 140)
  }

  @Test func `is a warning where the gateway failed its caller`() {
    let overload = Overload(reason: .bodies, retryAfter: 1)
    let levels: [(ServedRequest, Logger.Level)] = [
      (EntryMaking.served(EntryMaking.entry(.answered)), .info),
      (EntryMaking.served(EntryMaking.entry(.refused)), .info),
      (EntryMaking.served(EntryMaking.entry(.failed)), .warning),
      (ServedRequest(EntryMaking.id, .chatCompletions, status: 503, .overload(overload)), .warning),
      (ServedRequest(EntryMaking.id, .health, status: 200, .plain), .debug),
      (ServedRequest(EntryMaking.id, nil, status: 404, .problem(code: "unknown_url")), .info),
    ]
    for (served, level) in levels { #expect(RequestLogLine.level(of: served) == level) }
  }
}
