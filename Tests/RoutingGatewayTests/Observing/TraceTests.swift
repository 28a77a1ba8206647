import HTTPTypes
import HTTPUpstream
import InMemoryTracing
import RoutingBudgets
import RoutingCalls
import Synchronization
import Testing
import Tracing

@testable import RoutingGateway

/// Keeps spans in memory and speaks W3C's field to both sides.
private struct FieldTracer: Tracer {
  let memory = InMemoryTracer()

  func startSpan<Instant: TracerInstant>(
    _ name: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
    at instant: @autoclosure () -> Instant, function: String, file: String, line: UInt
  ) -> InMemorySpan {
    memory.startSpan(
      name, context: context(), ofKind: kind, at: instant(), function: function, file: file,
      line: line)
  }

  func forceFlush() { memory.forceFlush() }

  func extract<Carrier, Extract: Extractor>(
    _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
  ) where Extract.Carrier == Carrier {
    guard let parent = extractor.extract(key: "traceparent", from: carrier) else { return }
    let parts = parent.split(separator: "-").map(String.init)
    guard parts.count == 4 else { return }
    memory.extract(
      ["in-memory-trace-id": parts[1], "in-memory-span-id": parts[2]], into: &context,
      using: Fields())
    // What a caller may not choose.
    #expect(extractor.extract(key: "authorization", from: carrier) == nil)
  }

  func inject<Carrier, Inject: Injector>(
    _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
  ) where Inject.Carrier == Carrier {
    var fields: [String: String] = [:]
    memory.inject(context, into: &fields, using: Fields())
    injector.inject(
      "00-\(fields.values.sorted().joined(separator: "-"))-01", forKey: "traceparent",
      into: &carrier)
    injector.inject("evil", forKey: "authorization", into: &carrier)
  }

  private struct Fields: Extractor, Injector {
    func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
      carrier[key] = value
    }
  }
}

@Suite struct `Traces` {
  @Test func `a request is a span in its caller's trace, with one for each call`() async throws {
    let tracer = FieldTracer()
    try await GatewayGround.with(`A gateway that is watched`.policy, tracer: tracer) { ground in
      let answer = try await ground.send(
        .post, "/v1/chat/completions", GatewayGround.chat("hello there"),
        headers: [("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")])
      #expect(answer.status == 200)
    }
    let spans = tracer.memory.finishedSpans
    let request = try #require(spans.first { $0.kind == .server })
    let calls = spans.filter { $0.kind == .client }
    #expect(request.operationName == "POST /v1/chat/completions")
    #expect(request.traceID == "0af7651916cd43dd8448eb211c80319c")
    #expect(request.parentSpanID == "b7ad6b7169203331")
    #expect(request.attributes.get("http.response.status_code") == 200)
    #expect(request.attributes.get("gen_ai.response.model") == "dear")
    #expect(request.attributes.get("rung.route") == "otherwise")
    #expect(calls.map(\.operationName) == ["chat cheap", "chat dear"])
    for call in calls {
      #expect(call.parentSpanID == request.spanID)
      #expect(call.attributes.get("gen_ai.provider.name") == "one")
      #expect(call.attributes.get("gen_ai.operation.name") == "chat")
      #expect(call.startInstant.nanosecondsSinceEpoch >= request.startInstant.nanosecondsSinceEpoch)
    }
  }

  @Test func `calls carry the span on, and only in the trace's own fields`() async {
    let tracer = FieldTracer()
    let trace = RequestTrace(
      tracer, .init(method: .get, scheme: nil, authority: nil, path: "/healthz"),
      at: .init(milliseconds: 0))
    let seen = Mutex<[String]>([])
    await RequestTrace.follow(trace) {
      seen.withLock { $0 = CallHeaders.current.map(\.name) }
    }
    #expect(seen.withLock { $0 } == ["traceparent"])
    #expect(CallHeaders.current.isEmpty)
  }

  @Test func `without a tracer nothing is traced`() async {
    #expect(GatewayObserver.bootstrappedTracer == nil)
    let seen = Mutex<Int?>(nil)
    await RequestTrace.follow(nil) { seen.withLock { $0 = CallHeaders.current.count } }
    #expect(seen.withLock { $0 } == 0)
  }
}
