import JSONReading
import OpenAIWire
import PolicyUnits
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService
import StandInProvider
import Testing

@Suite struct `Several answers of one call` {
  /// Three answers, the last of them short; the prompt counted once, the answers together.
  private static let body = """
    {"id":"x","object":"chat.completion","created":1,"model":"m","choices":[\
    {"index":0,"message":{"role":"assistant","content":"a first and long answer"},"finish_reason":"stop"},\
    {"index":1,"message":{"role":"assistant","content":"a second and long answer"},"finish_reason":"stop"},\
    {"index":2,"message":{"role":"assistant","content":"short"},"finish_reason":"stop"}],\
    "usage":{"prompt_tokens":10,"completion_tokens":300,"total_tokens":310}}
    """
  private static let script = Script(rules: [Rule(body: body)])

  @Test func `set aside the prompt and the longest answer for each`() async throws {
    let policy = "budget day = $1 per tenant per day\notherwise { use cheap }"
    try await ServiceGround.with(policy, script: Self.script) { ground in
      let one = try await ground.ask("hi", tenant: "a", more: #","max_tokens":100"#)
      let three = try await ground.ask("hi", tenant: "a", more: #","max_tokens":100,"n":3"#)
      let reserved = [one, three].map { $0.row?.entry.attempts.first?.reserved?.nanos ?? 0 }
      #expect(reserved[0] > 0 && reserved[1] > 2 * reserved[0])
      #expect(reserved[1] <= 3 * reserved[0])
      // 0.13 and 0.57 USD per million: 310 tokens for three answers of at most 100 are no overrun.
      #expect(three.row?.entry.cost == .exact(Money(nanos: 10 * 130 + 300 * 570)))
      #expect(three.row?.entry.reason == nil && one.row?.entry.reason == "overrun")
    }
  }

  @Test func `are clamped together to what a bound leaves`() async throws {
    let policy = "budget each = $0.001 per request\notherwise { use cheap }"
    try await ServiceGround.with(policy, script: Self.script) { ground in
      let one = try await ground.ask("hi", more: #","max_tokens":2000"#)
      let four = try await ground.ask("hi", more: #","max_tokens":2000,"n":4"#)
      let caps = [one, four].map { $0.row?.entry.attempts.first?.maxOutput ?? 0 }
      #expect(caps[0] > 4 * caps[1] && caps[1] > 256)
      let reserved = try #require(four.row?.entry.attempts.first?.reserved)
      #expect(reserved <= Money(nanos: 1_000_000) && reserved > Money(nanos: 990_000))
      let many = try await ground.ask("hi", more: #","max_tokens":2000,"n":128"#)
      #expect(many.row?.entry.status == .refused)
    }
  }

  @Test func `pass a gate only together`() async throws {
    let policy = """
      gate long = length >= 10 chars
      ladder two { tier cheap accept long  tier dear }
      otherwise { use two }
      """
    try await ServiceGround.with(policy, script: Self.script) { ground in
      let outcome = try await ground.ask("hi", more: #","n":3"#)
      let entry = try #require(outcome.row?.entry)
      #expect(entry.attempts.map(\.verdict) == ["rejected", "accepted"])
      #expect(entry.modelServed == "dear")
      guard case .called(_, let record) = outcome.ending else {
        Issue.record("\(outcome.ending)")
        return
      }
      #expect(record.answer?.choices.count == 3)
    }
  }
}
