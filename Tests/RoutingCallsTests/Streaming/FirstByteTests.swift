import HTTPUpstream
import OpenAIWire
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Synchronization
import Testing

/// A caller who only looks at the clock.
private final class ClockSink: AnswerSink {
  private let first = Mutex<ContinuousClock.Instant?>(nil)

  var firstByte: ContinuousClock.Instant? { first.withLock { $0 } }

  func begin(_ start: AnswerStart) throws(CallerGone) {}

  func send(_ chunks: [ChatChunk]) throws(CallerGone) {
    first.withLock { $0 = $0 ?? .now }
  }

  func room() async throws(CallerGone) {}
}

@Suite(.serialized) struct `The first byte of a stream` {
  private static let rounds = 150

  @Test func `is not kept for long`() async throws {
    let script = Script(chunkDelay: 1, rules: [Rule(answer: "Press the small button.")])
    try await Ground.with("otherwise { use patient }", script: script) { ground in
      var routed: [Duration] = []
      var direct: [Duration] = []
      var decided: [Duration] = []
      let client = HTTPUpstream()
      defer { client.shutdown() }
      let request = UpstreamRequest(
        .post, ground.standIn.address + "/chat/completions",
        headers: [UpstreamHeader("content-type", "application/json")],
        body: Array(
          #"{"model":"patient","stream":true,"messages":[{"role":"user","content":"hello"}]}"#.utf8)
      )
      for _ in 0..<Self.rounds {
        let sink = ClockSink()
        let began = ContinuousClock.now
        _ = try await ground.run("hello", to: sink)
        if let first = sink.firstByte { routed.append(first - began) }
        let decides = ContinuousClock.now
        _ = try ground.longest("hello")
        decided.append(.now - decides)
        direct.append(try await Self.firstContent(client, request))
      }
      #expect(routed.count == Self.rounds)
      let added = Self.median(routed) - Self.median(direct)
      print(
        "first streamed byte: \(Self.median(direct)) direct, \(added) added, "
          + "deciding anew (\(Self.median(decided))) included")
      #expect(added < .milliseconds(30), "ten times what a debug build takes")
    }
  }

  /// The time to the first chunk with content, read by nothing but the client.
  private static func firstContent(
    _ client: HTTPUpstream, _ request: UpstreamRequest
  ) async throws -> Duration {
    let began = ContinuousClock.now
    let response = try await client.send(request)
    var stream = ChatStream()
    var time: Duration?
    while let piece = try await response.body.next() {
      _ = stream.feed(piece)
      if time == nil, !stream.text.isEmpty { time = .now - began }
    }
    return time ?? .seconds(1)
  }

  private static func median(_ times: [Duration]) -> Duration {
    times.sorted()[times.count / 2]
  }
}
