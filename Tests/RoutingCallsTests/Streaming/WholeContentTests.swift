import JSONReading
import OpenAIWire
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

/// Whatever a provider streams comes out as it was written, held or not.
@Suite struct `The content of a stream` {
  private static let head = #""id":"x","object":"chat.completion.chunk","created":1,"model":"m""#

  private static func event(_ choices: String, _ more: String = "") -> String {
    #"{\#(head),"choices":[\#(choices)]\#(more)}"#
  }

  static let events = [
    event(#"{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}"#),
    event(#"{"index":0,"delta":{"reasoning_content":"Let me see."},"finish_reason":null}"#),
    event(
      #"{"index":0,"delta":{"content":"Zwölf "},"logprobs":{"content":[{"token":"Zw","#
        + #""logprob":-0.10,"bytes":[90],"top_logprobs":[{"token":"Z","logprob":-2.5}]}]},"#
        + #""finish_reason":null}"#, #","x_more":{"a":1.50}"#),
    event(#"{"index":1,"delta":{"content":"Thirteen"},"finish_reason":null}"#),
    event(#"{"index":0,"delta":{"content":"Boxen."},"finish_reason":null}"#),
    event(
      #"{"index":1,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","#
        + #""function":{"name":"f","arguments":"{\"a\""}}]},"finish_reason":null}"#),
    event(
      #"{"index":1,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},"#
        + #""finish_reason":null}"#),
    event(#"{"index":2,"delta":{"refusal":"No."},"finish_reason":null}"#),
    event(#"{"index":2,"delta":{},"finish_reason":"stop"}"#),
    event(#"{"index":0,"delta":{},"finish_reason":"stop"}"#),
    event(#"{"index":1,"delta":{},"finish_reason":"tool_calls"}"#),
  ]
  private static let usage = event(
    "", #","usage":{"prompt_tokens":9,"completion_tokens":20,"total_tokens":29}"#)

  @Test(arguments: [
    "otherwise { use cheap }",
    """
    gate german = answer contains "Boxen" and finish = stop
    ladder two { tier cheap accept german  tier dear }
    otherwise { use two }
    """,
  ])
  func `goes out byte for byte, choices, calls, refusals and figures of tokens`(
    _ policy: String
  ) async throws {
    let script = Script(rules: [Rule(events: Self.events + [Self.usage, "[DONE]"])])
    try await Ground.with(policy, script: script) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      let written = sink.heard.chunks.map {
        $0.raw.json.map { String(decoding: $0.bytes, as: UTF8.self) }
      }
      #expect(written == Self.events)
      let answer = try #require(record.answer)
      #expect(answer.choices.map(\.text) == ["Zwölf Boxen.", "Thirteen", ""])
      #expect(answer.choices[1].toolCalls.map(\.arguments) == [#"{"a":1}"#])
      #expect(answer.choices[2].refusal == "No." && answer.choices[0].reasoning == "Let me see.")
      #expect(record.calls.first?.usage?.completion == 20)
      #expect(record.outcome.calls == 1)
    }
  }

  @Test func `ends where its figures are, without the mark of the end`() async throws {
    let script = Script(rules: [Rule(events: Self.events + [Self.usage])])
    try await Ground.with("otherwise { use patient }", script: script) { ground in
      let record = try await ground.run("hello", to: ListeningSink())
      #expect(record.calls.first?.usage?.prompt == 9)
      #expect(record.elapsed < Milliseconds(15_000))
    }
  }
}
