import PolicySemantics
import PolicyUnits
import Testing

@testable import TrafficReplay

/// Shares of amounts, and sums that no one amount holds.
@Suite struct `Money of a whole log` {
  @Test func `counts with the share a log measured, not with its first six digits`() throws {
    let ground = try ReplayGround(
      """
      gate long = length >= 20 chars
      ladder cheap { tier small accept long  tier middle accept long  tier large }
      otherwise { use cheap }
      """)
    let replay = try ground.replay([]).replay
    let tier = TierAcceptance(
      ladder: "cheap", model: "small", source: .measured(accepted: 1, reached: 3),
      share: Share(millionths: 333_333), low: Share(millionths: 0), high: .whole)
    // Two thirds of what the next tier costs, and two thirds of those of the last.
    let sum = replay.climb([1, 3_000_000_000, 9_000_000_000], [tier, tier, nil]).cost
    #expect(sum.expected == Int128(1 + 2_000_000_000 + 4_000_000_000))
    #expect(sum.low == 1 && sum.high == 12_000_000_001)
    // A share of a nano is rounded up once, at the end.
    #expect(replay.climb([0, 1, 1], [tier, tier, nil]).cost.expected == 2)
  }

  @Test func `adds up more money than one amount holds`() throws {
    let ground = try ReplayGround("otherwise { use large }")
    let row = ReplayGround.line(
      0, model: "other", input: 1, output: 1, more: #","cost":9000000000"#)
    let report = try ground.replay([row, row, row]).report
    #expect(report.logged == Int128(27_000_000_000) * 1_000_000_000)
    #expect(report.routes.map(\.logged) == [report.logged])
  }

  @Test func `leaves out what costs more than one amount holds, and says so`() throws {
    let ground = try ReplayGround("otherwise { use large }")
    let row = ReplayGround.line(
      0, model: "other", input: 1, output: 1, more: #","cost_nanos":9223372036854775807"#)
    let report = try ground.replay([row, ReplayGround.line(1, input: 10, output: 1)]).report
    #expect(report.requests == 1)
    #expect(report.leftOut.map(\.reason) == [.tooDear])
  }
}
