import OpenAIWire
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime
import RoutingService
import StandInProvider
import Synchronization
import Testing

/// A caller who streams and, if told so, leaves.
private final class Listener: RequestSink {
  private let text = Mutex("")
  private let leaves: Bool

  init(leaves: Bool = false) { self.leaves = leaves }

  var heard: String { text.withLock { $0 } }

  func decided(_ request: DecidedRequest, cache: CacheUse) {}

  func begin(_ start: AnswerStart) throws(CallerGone) {}

  func room() async throws(CallerGone) {}

  func send(_ chunks: [ChatChunk]) throws(CallerGone) {
    let piece = chunks.flatMap(\.choices).compactMap(\.text).joined()
    text.withLock { $0 += piece }
    if leaves { throw CallerGone() }
  }
}

/// What the caller heard, what the provider counted and what the ledger says are one.
@Suite struct `The row of a streamed answer` {
  private static let budget = "budget daily = $1 per tenant per day\n"
  private static let long = (1...200).map { "word\($0)" }.joined(separator: " ")
  private static let stream = #","stream":true"#

  @Test func `says what the provider counted`() async throws {
    let script = Script(rules: [Rule(answer: Self.long)])
    try await ServiceGround.with(Self.budget + "otherwise { use cheap }", script: script) {
      ground in
      let caller = Listener()
      let outcome = try await ground.ask("hello", tenant: "acme", more: Self.stream, to: caller)
      let entry = try #require(outcome.row).entry
      #expect(caller.heard == Self.long && entry.status == .answered && entry.isStreamed)
      let seen = try #require(ground.standIn.stats.last.first)
      #expect(entry.attempts.first?.tokens?.output == Int64(seen.completionTokens))
      #expect(entry.attempts.first?.tokens?.input == Int64(seen.promptTokens))
      #expect(entry.attempts.first?.tokens?.isEstimated == false)
      #expect(entry.firstByte != nil)
      try await ground.expectQuiet([entry])
    }
  }

  @Test func `marks figures that had to be estimated, and counts no less than the bound`()
    async throws
  {
    let script = Script(rules: [Rule(fault: .usageMissing, answer: Self.long)])
    try await ServiceGround.with(Self.budget + "otherwise { use cheap }", script: script) {
      ground in
      let outcome = try await ground.ask(
        "hello", tenant: "acme", more: Self.stream, to: Listener())
      let entry = try #require(outcome.row).entry
      let attempt = try #require(entry.attempts.first)
      let tokens = try #require(attempt.tokens)
      #expect(tokens.isEstimated && (200...1500).contains(tokens.output), "\(tokens.output)")
      #expect(attempt.cost == attempt.reserved.map(EntryCost.atMost), "unknown is never zero")
      try await ground.expectQuiet([entry])
    }
  }

  /// By whether its provider bills the rest of a cut answer.
  @Test(arguments: ["careful", "patient"])
  func `of a caller who left counts what may be billed`(_ model: String) async throws {
    let script = Script(chunkDelay: 20, rules: [Rule(answer: Self.long)])
    try await ServiceGround.with(Self.budget + "otherwise { use \(model) }", script: script) {
      ground in
      let caller = Listener(leaves: true)
      let outcome = try await ground.ask("hello", tenant: "acme", more: Self.stream, to: caller)
      let entry = try #require(outcome.row).entry
      #expect(Self.long.hasPrefix(caller.heard))
      try expect(entry, billsLess: model == "careful")
      try await ground.expectQuiet([entry])
      let left = ContinuousClock.now
      while ground.standIn.stats.hangUps < 1, .now - left < .seconds(10) {
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(ground.standIn.stats.hangUps == 1)
    }
  }

  private func expect(_ entry: LedgerEntry, billsLess: Bool) throws {
    let attempt = try #require(entry.attempts.first)
    let reserved = try #require(attempt.reserved)
    let counted = try #require(attempt.cost.money)
    #expect(entry.status == .cancelled && attempt.cost == .atMost(counted))
    #expect(counted > .zero && (billsLess ? counted < reserved : counted == reserved))
    let tokens = try #require(attempt.tokens)
    #expect(tokens.isEstimated && tokens.output > 0 && tokens.output < 100, "what came")
    #expect(entry.charges.map(\.amount) == [counted.nanos])
  }

  @Test func `that broke off says so`() async throws {
    let script = Script(rules: [Rule(fault: .streamCut)])
    try await ServiceGround.with("otherwise { use cheap fallback dear }", script: script) {
      ground in
      let outcome = try await ground.ask(
        "how do I reset my password?", more: Self.stream, to: Listener())
      let entry = try #require(outcome.row).entry
      #expect(entry.status == .failed && entry.reason == "broken_off unavailable")
      #expect(entry.attempts.count == 1)
    }
  }
}
