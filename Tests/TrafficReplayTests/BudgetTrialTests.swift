import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingRuntime
import RoutingTestSupport
import Testing
import TrafficLog

@testable import TrafficReplay

@Suite struct `A log held against budgets` {
  private func trial(
    _ policy: String, _ lines: [String], rates: ReplayRates = ReplayRates()
  ) throws -> (BudgetReport, ReplayReport) {
    let decider = try ReplayGround(policy).decider
    let date = try #require(CalendarDate(daysSince1970: 0))
    var log = TrafficLog(
      BudgetTrial.reading(for: decider),
      anyMoment: LocalMoment(date: date, weekday: .thursday, hour: 0))
    var replay = Replay(
      decider, rates: rates, modelsByUpstream: [:], moment: ReplayGround.moment)
    var trial = try #require(BudgetTrial(decider.graph))
    func take(_ row: LoggedRequest, _ text: TextedRequest?, _ log: borrowing TrafficLog) {
      guard let way = replay.add(row, text, of: log) else { return }
      trial.add(row, text, of: log, under: &replay, way: way)
    }
    log.read(.bytes(Array(lines.joined(separator: "\n").utf8)), take)
    log.read(.end, take)
    #expect(log.problems.isEmpty, "\(log.problems)")
    return (trial.report(of: decider.graph), replay.report(tiers: log.tiers))
  }

  /// A time in hours.
  private static func line(
    _ hour: Int64, _ tenant: String = "t", input: Int64 = 1000, output: Int64 = 0,
    more: String = ""
  ) -> String {
    #"{"time":\#(1_700_006_400_000 + hour * 3_600_000),"tenant":"\#(tenant)","model":"large","#
      + #""input_tokens":\#(input),"output_tokens":\#(output)\#(more)}"#
  }

  @Test func `refuses what is over a limit, by owner and by day, and says when first`() throws {
    let policy = """
      limit few = 3 requests per tenant per day
      otherwise { use middle }
      """
    let (report, replay) = try trial(
      policy,
      [
        Self.line(0), Self.line(1), Self.line(2, "other"), Self.line(3), Self.line(4),  // one over
        Self.line(5), Self.line(6, "other"),
        Self.line(24), Self.line(25), Self.line(26), Self.line(27),  // another day, one over
      ])
    // 1000 × 0.1 µ$ each.
    #expect(replay.cost.expected == Int128(11 * 100_000))
    let few = try #require(report.refusals.first)
    #expect(report.refusals.count == 1 && few.budget == "few" && few.requests == 3)
    #expect(few.counters == 2 && few.line == 5)
    #expect(few.time == Timestamp(milliseconds: 1_700_006_400_000 + 4 * 3_600_000))
    #expect(few.cost.expected == Int128(3 * 100_000))
    #expect(report.cost.expected == Int128(8 * 100_000))
    #expect(report.moved == 0 && report.held.isEmpty)
    #expect(report.undecided == 0 && report.unbounded == 0 && report.unknown == 0)
  }

  @Test func `decides by what is used, with texts and without`() throws {
    // Half of $0.001 is used after five requests of 100 µ$ each.
    let policy = """
      budget day = $0.001 per day
      route saving when day.used >= 50% { use small max_output 10 tokens }
      otherwise { use middle max_output 10 tokens }
      """
    let words = String(repeating: "hello ", count: 700)
    let texts = #","messages":[{"role":"user","content":"\#(words)"}]"#
    for more in ["", texts] {
      let (report, replay) = try trial(policy, (0..<8).map { Self.line($0, more: more) })
      #expect(replay.cost.expected == Int128(8 * 100_000))
      #expect(report.refusals.isEmpty && report.held == ["day"])
      #expect(report.moved == 3 && report.movedExample == 6)
      #expect(report.movedBefore.expected == Int128(3 * 100_000))
      #expect(report.movedAfter.expected == Int128(3 * 10_000))
      #expect(report.cost.expected == Int128(5 * 100_000 + 3 * 10_000))
    }
  }

  @Test func `never spends more than the budget, whatever the log`() throws {
    let policy = """
      budget day = $0.004 per tenant per day
      otherwise { use middle max_output 1k tokens }
      """
    let seed: UInt64 = 404
    var random = SplitMix(state: seed)
    var hour: Int64 = 0
    let lines = (0..<2_000).map { _ in
      hour += Int64(random.next() % 2)
      return Self.line(
        hour, "tenant-\(random.next() % 3)", input: Int64(random.next() % 6_000),
        output: Int64(random.next() % 900))
    }
    let (report, replay) = try trial(policy, lines)
    SharedData.say("budgets of a log: seed \(seed), \(lines.count) rows over \(hour) hours")
    let refusal = try #require(report.refusals.first)
    #expect(refusal.requests > 100 && refusal.counters > 50)
    let days = hour / 24 + 2
    let spent = try #require(report.cost.expected)
    #expect(spent <= 3 * Int128(days) * 4_000_000)
    // What is refused, what goes another way and the rest are all there is.
    let whole = try #require(replay.cost.expected)
    let spared = try #require(refusal.cost.expected)
    let before = try #require(report.movedBefore.expected)
    let after = try #require(report.movedAfter.expected)
    #expect(abs(whole - spared - before + after - spent) <= 4)
  }

  @Test func `asks no budget for what a cache answers`() throws {
    let policy = """
      limit few = 1 requests per day
      otherwise { cache exact for 1d per tenant  use middle }
      """
    let same = #","body_fingerprint":"x""#
    let (report, _) = try trial(
      policy, [Self.line(0, more: same), Self.line(1, more: same), Self.line(2)])
    #expect(report.refusals.map(\.requests) == [1] && report.refusals.map(\.line) == [3])
  }

  @Test func `charges every tier where nobody knows how often one is accepted`() throws {
    let policy = """
      gate long = length >= 20 chars
      ladder cheap {
        tier small accept long
        tier middle
      }
      budget day = $1 per day
      otherwise { use cheap }
      """
    let (report, _) = try trial(policy, [Self.line(0), Self.line(1)])
    #expect(report.unknown == 2 && report.cost.expected == nil)
    #expect(report.cost.high == Int128(2 * (10_000 + 100_000)))
  }

  @Test func `is nothing without a budget that outlives a request`() throws {
    let graph = try ReplayGround("budget one = $0.10 per request\notherwise { use middle }")
    #expect(BudgetTrial(graph.decider.graph) == nil)
  }
}
