import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCalls
import RoutingRuntime
import StandInProvider
import Testing

@Suite struct `A streamed answer` {
  private static let text = "Press the small button for ten seconds, then let it go again."

  private static func script(_ rules: Rule..., delay: Int64 = 0) -> Script {
    Script(chunkDelay: delay, rules: rules + [Rule(answer: text)])
  }

  @Test func `without a gate goes out piece by piece, and says the same as the row`() async throws {
    try await Ground.with("otherwise { use cheap }", script: Self.script(delay: 5)) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      let heard = sink.heard
      #expect(heard.commit == .ungated && record.committed == .ungated)
      #expect(heard.starts.count == 1)
      #expect(heard.text == Self.text && record.answer?.text == Self.text)
      #expect(heard.hasEnd && heard.chunks.allSatisfy { $0.usage == nil })
      let seen = try #require(ground.standIn.stats.last.first)
      #expect(seen.streams)
      #expect(record.calls.first?.usage?.completion == Int64(seen.completionTokens))
      #expect(record.calls.first?.usage?.prompt == Int64(seen.promptTokens))
    }
  }

  @Test func `behind a gate goes out when it has accepted, and not before`() async throws {
    let policy = """
      gate good = answer contains "let it go again" and finish = stop
      ladder two { tier cheap accept good  tier dear }
      otherwise { use two }
      """
    let weak = Rule(model: "cheap", calls: [2], answer: "I do not know.")
    try await Ground.with(policy, script: Self.script(weak)) { ground in
      let first = ListeningSink()
      let accepted = try await ground.run("hello", to: first)
      #expect(first.heard.commit == .accepted && accepted.committed == .accepted)
      #expect(first.heard.text == Self.text && first.heard.hasEnd)
      #expect(first.heard.starts.first?.order.step == 0)
      let second = ListeningSink()
      let climbed = try await ground.run("hello", to: second)
      #expect(second.heard.commit == .ungated && climbed.outcome.climbs == 1)
      #expect(second.heard.text == Self.text, "nothing of the rejected answer")
      #expect(second.heard.starts.map(\.order.step) == [1])
      #expect(second.heard.starts.first?.attempts.count == 2)
    }
  }

  @Test func `that no gate accepts goes out where the ladder returns its last`() async throws {
    let policy = """
      gate impossible = answer contains "no answer has this"
      ladder two { tier cheap accept impossible  tier dear accept impossible
                   on exhausted return last }
      otherwise { use two }
      """
    let rules = Rule(model: "dear", answer: "The last word.")
    try await Ground.with(policy, script: Self.script(rules)) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      #expect(sink.heard.commit == .exhausted && record.committed == .exhausted)
      #expect(sink.heard.text == "The last word." && sink.heard.hasEnd)
      #expect(record.outcome.answering?.step == 1)
    }
  }

  @Test(arguments: [Fault.streamCut, .streamError, .streamSilent, .invalidUTF8, .hugeChunk])
  func `that breaks off after its first bytes is followed by nothing`(_ fault: Fault) async throws {
    let rules = Rule(model: "cheap", fault: fault)
    try await Ground.with("otherwise { use cheap fallback dear }", script: Script(rules: [rules])) {
      ground in
      let sink = ListeningSink()
      let record = try await ground.run("how do I reset my password?", to: sink)
      let heard = sink.heard
      if heard.starts.first?.order.leg == 1 {
        #expect(heard.hasEnd, "it broke before anything went out")
        return
      }
      guard case .brokenOff(.unavailable) = record.outcome.ending else {
        Issue.record("\(fault): \(record.outcome.ending)")
        return
      }
      #expect(record.answer == nil && record.outcome.calls == 1)
      #expect(!heard.text.isEmpty && !heard.hasEnd, "no proper end")
      #expect(ground.standIn.stats.calls == 1)
      #expect(record.outcome.cost != .nothing)
    }
  }

  @Test func `that fails before its first word is followed by the fallback`() async throws {
    let rules = Rule(model: "cheap", fault: .resetAfterHeaders)
    try await Ground.with("otherwise { use cheap fallback dear }", script: Self.script(rules)) {
      ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      #expect(sink.heard.starts.count == 1 && sink.heard.text == Self.text)
      #expect(sink.heard.starts.first?.order.leg == 1)
      #expect(record.outcome.calls == 2)
    }
  }

  @Test func `that a filter stops has no proper end`() async throws {
    let rules = Rule(model: "cheap", fault: .finishFiltered)
    try await Ground.with("otherwise { use cheap fallback dear }", script: Script(rules: [rules])) {
      ground in
      let sink = ListeningSink()
      let record = try await ground.run("how do I reset my password?", to: sink)
      guard case .brokenOff(.filtered) = record.outcome.ending else {
        Issue.record("\(record.outcome.ending)")
        return
      }
      #expect(!sink.heard.hasEnd && !sink.heard.text.isEmpty)
      guard case .exact = record.outcome.cost else {
        Issue.record("the figures came: \(record.outcome.cost)")
        return
      }
    }
  }

  @Test func `that comes as one body is cut into chunks`() async throws {
    let json = """
      {"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
      "message":{"role":"assistant","content":"whole"},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}
      """
    let rules = Rule(body: json)
    try await Ground.with("otherwise { use cheap }", script: Script(rules: [rules])) { ground in
      let sink = ListeningSink()
      let record = try await ground.run("hello", to: sink)
      #expect(sink.heard.text == "whole" && sink.heard.hasEnd)
      #expect(record.calls.first?.usage?.completion == 1)
      #expect(record.answer?.text == "whole")
    }
  }
}
