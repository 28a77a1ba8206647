import Foundation
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingRuntime
import RoutingTestSupport
import Testing
import TrafficLog

@testable import TrafficReplay

/// Rows of a ledger hold no texts: what one policy found in them serves another.
@Suite struct `What one policy recorded, under another` {
  private static let facts = """
    facts {
      plan : free | pro = free
    }
    """
  private static let old =
    facts + """

      route refunds when question mentions ("refund", "money back") { use small }
      route code when prompt has code { use middle }
      route long when prompt.tokens >= 200 and plan = pro { use large }
      otherwise { use middle }
      """

  /// The same texts asked, in another order and to another end.
  private static let new =
    facts + """

      route long when plan = pro and prompt.tokens >= 300 { use large }
      route code when prompt has code and plan = free { use small }
      route refunds when question mentions ("refund", "money back") { use large }
      otherwise { use middle }
      """

  private static func someInput(_ random: inout SplitMix) throws -> RequestInput {
    var input = RequestInput(
      moment: try #require(ReplayGround.moment(Timestamp(milliseconds: 1_700_000_000_000))))
    input.model = "auto"
    input.metadata = ["plan": .text(random.next() % 2 == 0 ? "pro" : "free")]
    var text = "Where is my parcel? "
    if random.next() % 3 == 0 { text += "I want a refund. " }
    if random.next() % 3 == 0 { text += "```\nlet x = 1\n```\n" }
    text += String(repeating: "word ", count: Int(random.next() % 400))
    input.messages = [.init(role: .user, text: text)]
    return input
  }

  private static func row(_ bytes: [UInt8]) -> String {
    let facts = Data(bytes).base64EncodedString()
    return #"{"time":1700000000000,"model":"large","input_tokens":100,"output_tokens":10,"#
      + #""facts":"\#(facts)","policy_fingerprint":"p","catalog_fingerprint":"c"}"#
  }

  private static func replay(
    _ lines: [String], under policy: String, recordedBy old: Decider?
  ) throws -> ReplayReport {
    let ground = try ReplayGround(policy)
    let date = try #require(CalendarDate(daysSince1970: 0))
    var log = TrafficLog(
      Replay.reading(for: ground.decider),
      anyMoment: LocalMoment(date: date, weekday: .thursday, hour: 0))
    var replay = Replay(
      ground.decider, rates: ReplayRates(), modelsByUpstream: [:],
      keptPolicy: { $0 == "p-c" ? old : nil }, moment: ReplayGround.moment)
    log.read(.bytes(Array((lines.joined(separator: "\n") + "\n").utf8))) { row, text, log in
      _ = replay.add(row, text, of: log)
    }
    return replay.report(tiers: log.tiers)
  }

  @Test func `decides as if the texts were there`() throws {
    let seed: UInt64 = 20_261_124
    var random = SplitMix(state: seed)
    let recorder = try ReplayGround(Self.old).decider
    let judge = try ReplayGround(Self.new).decider
    var lines: [String] = []
    var expected: [String: Int64] = [:]
    for _ in 0..<600 {
      let input = try Self.someInput(&random)
      let decision = try recorder.decide(input)
      lines.append(Self.row(try recorder.record(decision, of: input)))
      let route = try #require(try judge.decide(input).route)
      // Not by the row's own tokens: the record has the prompt's, as the old policy measured them.
      expected[judge.frozen.policy[route].name, default: 0] += 1
    }
    let report = try Self.replay(lines, under: Self.new, recordedBy: recorder)
    let found = Dictionary(uniqueKeysWithValues: report.routes.map { ($0.name, $0.requests) })
    SharedData.say("records: seed \(seed), \(expected)")
    #expect(expected.count == 4)
    #expect(found == expected)
    #expect(report.leftOut.isEmpty)
  }

  @Test func `does not guess what the old policy did not look at`() throws {
    var random = SplitMix(state: 5)
    let recorder = try ReplayGround(Self.old).decider
    let input = try Self.someInput(&random)
    let row = Self.row(try recorder.record(try recorder.decide(input), of: input))
    let asked = "route other when question mentions \"invoice\" { use small }\n"
    let report = try Self.replay(
      [row], under: Self.facts + "\n" + asked + "otherwise { use middle }", recordedBy: recorder)
    #expect(report.leftOut.map(\.reason) == [.noText])
    let turns = "route other when turn >= 3 { use small }\notherwise { use middle }"
    let counts = try Self.replay([row], under: turns, recordedBy: recorder)
    #expect(counts.leftOut.map(\.reason) == [.noText])
    let lost = try Self.replay([row], under: Self.old, recordedBy: nil)
    #expect(lost.leftOut.map(\.reason) == [.noRecord])
  }
}
