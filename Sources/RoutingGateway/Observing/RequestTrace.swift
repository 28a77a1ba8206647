import HTTPTypes
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService
import Tracing

/// The spans of one request: one for itself and one for each call it made.
///
/// Attributes are those of OpenTelemetry's conventions for generative AI, and `rung.` for what only a
/// router knows. Names and figures, as in the log: nothing of a prompt, an answer or a key. A caller's
/// `traceparent` is gone on with, and providers get the one of this span.
struct RequestTrace: Sendable {
  private let tracer: any Tracer
  private let span: any Span
  private let began: Moment

  /// Since 1970, as spans have it.
  struct Moment: TracerInstant {
    let nanosecondsSinceEpoch: UInt64

    init(_ time: Timestamp) {
      let (nanoseconds, isOver) = time.milliseconds.multipliedReportingOverflow(by: 1_000_000)
      nanosecondsSinceEpoch = isOver ? 0 : UInt64(clamping: nanoseconds)
    }

    private init(nanoseconds: UInt64) { nanosecondsSinceEpoch = nanoseconds }

    func after(_ time: Milliseconds) -> Moment {
      after(.milliseconds(max(0, time.count)))
    }

    func after(_ duration: Duration) -> Moment {
      let micros = UInt64(clamping: duration.wholeMicroseconds)
      let (more, isOver) = micros.multipliedReportingOverflow(by: 1_000)
      let (sum, isTooLate) = nanosecondsSinceEpoch.addingReportingOverflow(isOver ? 0 : more)
      return Moment(nanoseconds: isTooLate ? .max : sum)
    }

    static func < (a: Moment, b: Moment) -> Bool {
      a.nanosecondsSinceEpoch < b.nanosecondsSinceEpoch
    }
  }

  init(_ tracer: any Tracer, _ head: HTTPRequest, at time: Timestamp) {
    self.tracer = tracer
    began = Moment(time)
    var context = ServiceContext.topLevel
    tracer.extract(head.headerFields, into: &context, using: TraceFields())
    let path = (head.path ?? "").prefix { $0 != "?" }
    let route = RouteMatch(head.method, path).route?.path
    span = tracer.startSpan(
      "\(head.method.rawValue.prefix(20)) \(route ?? "other")", context: context, ofKind: .server,
      at: began)
    span.updateAttributes { attributes in
      attributes["http.request.method"] = String(head.method.rawValue.prefix(20))
      if let route { attributes["http.route"] = route }
    }
  }

  /// Runs `body` with the trace on every call it makes; without one just runs it.
  static func follow(_ trace: RequestTrace?, _ body: () async -> Void) async {
    guard let trace else { return await body() }
    var headers: TraceHeaders.Headers = []
    trace.tracer.inject(trace.span.context, into: &headers, using: TraceHeaders())
    await CallHeaders.$current.withValue(headers) { await body() }
  }

  func end(_ served: ServedRequest) {
    if let outcome = served.outcome { trace(outcome) }
    span.updateAttributes { attributes in
      attributes["rung.request.id"] = served.id.description
      attributes["rung.outcome"] = served.outcomeWord
      attributes["http.response.status_code"] = served.status
      if let entry = served.outcome?.entry { Self.describe(entry, &attributes) }
    }
    if served.status >= 500 { span.setStatus(SpanStatus(code: .error)) }
    span.end(at: began.after(served.took))
  }

  private static func describe(_ entry: LedgerEntry, _ attributes: inout SpanAttributes) {
    attributes["gen_ai.operation.name"] = "chat"
    if let model = entry.modelServed { attributes["gen_ai.response.model"] = model }
    if let route = entry.route { attributes["rung.route"] = route }
    if let policy = entry.fingerprints.policy { attributes["rung.policy"] = policy }
    if let reason = entry.reason { attributes["rung.reason"] = reason }
    if let money = entry.cost.money { attributes["rung.cost.nanounits"] = money.nanos }
    attributes["rung.cost.currency"] = entry.currency
    attributes["rung.calls"] = entry.attempts.count(where: \.wasSent)
  }

  private func trace(_ outcome: RequestOutcome) {
    guard case .called(_, let record) = outcome.ending else { return }
    // What lay before the first call: reading, deciding, reserving.
    let before = Milliseconds(max(0, outcome.entry.elapsed.count - record.elapsed.count))
    for call in record.calls {
      let start = began.after(before).after(call.began)
      let child = tracer.startSpan(
        "chat \(call.upstream)", context: span.context, ofKind: .client, at: start)
      child.updateAttributes { Self.describe(call, &$0) }
      if call.problem != nil { child.setStatus(SpanStatus(code: .error)) }
      child.end(at: start.after(call.latency))
    }
  }

  private static func describe(_ call: CallRecord, _ attributes: inout SpanAttributes) {
    attributes["gen_ai.operation.name"] = "chat"
    attributes["gen_ai.provider.name"] = call.provider
    attributes["gen_ai.request.model"] = call.upstream
    if let region = call.region { attributes["cloud.region"] = region }
    if let status = call.status { attributes["http.response.status_code"] = status }
    if let usage = call.counted {
      attributes["gen_ai.usage.input_tokens"] = usage.input
      attributes["gen_ai.usage.output_tokens"] = usage.output
    }
    if call.problem != nil {
      attributes["error.type"] = call.status.map(String.init) ?? "no_answer"
    }
  }
}

/// What of a trace comes in and goes out: W3C's two fields, and nothing else a caller may have
/// written.
private enum TraceNames {
  static let all: Set<String> = ["traceparent", "tracestate"]
}

private struct TraceFields: Extractor {
  func extract(key: String, from fields: HTTPFields) -> String? {
    guard TraceNames.all.contains(key.lowercased()), let name = HTTPField.Name(key) else {
      return nil
    }
    return fields[name]
  }
}

private struct TraceHeaders: Injector {
  typealias Headers = [(name: String, value: String)]

  func inject(_ value: String, forKey key: String, into headers: inout Headers) {
    guard TraceNames.all.contains(key.lowercased()), value.utf8.count <= 512,
      value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return }
    headers.append((name: key, value: value))
  }
}
