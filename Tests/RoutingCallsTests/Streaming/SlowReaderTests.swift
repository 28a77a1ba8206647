import JSONReading
import OpenAIWire
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Synchronization
import Testing

/// A caller who reads what is given to him when he is told to, and not before.
private final class SlowSink: AnswerSink {
  private struct State {
    var bytes = 0
    var largest = 0
    var mayRead = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  var bytes: Int { state.withLock { $0.bytes } }
  /// Of what was given at once.
  var largest: Int { state.withLock { $0.largest } }

  func begin(_ start: AnswerStart) throws(CallerGone) {}

  func send(_ chunks: [ChatChunk]) throws(CallerGone) {
    let count = chunks.reduce(0) { $0 + ($1.raw.json?.bytes.count ?? 0) }
    state.withLock { state in
      state.bytes += count
      state.largest = max(state.largest, count)
    }
  }

  func room() async throws(CallerGone) {
    await withCheckedContinuation { continuation in
      let mayRead = state.withLock { state in
        if !state.mayRead { state.waiting = continuation }
        return state.mayRead
      }
      if mayRead { continuation.resume() }
    }
  }

  func read() {
    let waiting = state.withLock { state in
      state.mayRead = true
      return state.waiting.take()
    }
    waiting?.resume()
  }
}

@Suite struct `A slow reader` {
  /// An event of a kibibyte.
  private static let event =
    #"{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"#
    + #""delta":{"content":"\#(String(repeating: "slowly ", count: 124))"},"finish_reason":null}]}"#
  private static let end =
    #"{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","#
    + #""choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#
  private static let script = Script(
    rules: [Rule(events: Array(repeating: event, count: 256) + [end, "[DONE]"])])

  @Test(.timeLimit(.minutes(5)))
  func `is given a few kibibytes, and the next when he has read them`() async throws {
    try await Ground.with("otherwise { use cheap }", script: Self.script) { ground in
      let sink = SlowSink()
      async let record = ground.run("hello", to: sink, keepsTexts: false)
      while sink.bytes == 0 { try await Task.sleep(for: .milliseconds(2)) }
      // The whole answer could have come by now.
      try await Task.sleep(for: .milliseconds(300))
      let given = sink.bytes
      #expect(given <= 3 << 10, "\(given) bytes to one who reads nothing")
      sink.read()
      let answer = try #require(try await record.answer)
      #expect(answer.finish == .stop && answer.text.isEmpty, "its text is his")
      #expect(sink.bytes > 250_000)
      #expect(sink.largest <= 3 << 10, "\(sink.largest)")
    }
  }

  @Test(arguments: ["otherwise { use cheap }", "otherwise { use careful }"])
  func `costs by estimate what one costs whose answer is kept`(_ policy: String) async throws {
    try await Ground.with(policy, script: Self.script) { ground in
      let kept = try await ground.run("hello", to: ListeningSink())
      let passed = try await ground.run("hello", to: ListeningSink(), keepsTexts: false)
      #expect(kept.answer?.text.utf8.count == 256 * 124 * 7)
      #expect(passed.answer?.text.isEmpty == true)
      let estimate = try #require(kept.estimate)
      #expect(passed.estimate == estimate && estimate.completion > 10_000)
      #expect(passed.outcome.cost == kept.outcome.cost)
    }
  }

  @Test func `leaves what gates look at kept`() async throws {
    let policy = """
      gate slow = answer contains "slowly"
      ladder two { tier cheap accept slow  tier dear }
      otherwise { use two }
      """
    try await Ground.with(policy, script: Self.script) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink, keepsTexts: false)
      #expect(record.answer?.text.utf8.count == 256 * 124 * 7)
      #expect(sink.heard.text.utf8.count == 256 * 124 * 7)
    }
  }
}
