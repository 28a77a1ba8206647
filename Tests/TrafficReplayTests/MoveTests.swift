import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import Testing
import TrafficLog

@testable import TrafficReplay

@Suite struct `Where requests go under another policy` {
  private static func moves(
    _ old: String, _ new: String, _ lines: [String]
  ) throws -> [ReplayMove] {
    let (before, after) = (try ReplayGround(old).decider, try ReplayGround(new).decider)
    var reading = Replay.reading(for: before)
    reading.formUnion(Replay.reading(for: after))
    let date = try #require(CalendarDate(daysSince1970: 0))
    var log = TrafficLog(reading, anyMoment: LocalMoment(date: date, weekday: .thursday, hour: 0))
    var replays = [before, after].map {
      Replay($0, rates: ReplayRates(), modelsByUpstream: [:], moment: ReplayGround.moment)
    }
    var moves = ReplayMoves()
    func take(_ row: LoggedRequest, _ text: TextedRequest?, _ log: borrowing TrafficLog) {
      let from = replays[0].add(row, text, of: log)
      let to = replays[1].add(row, text, of: log)
      moves.add(from: from, in: replays[0], to: to, in: replays[1], line: row.line)
    }
    log.read(.bytes(Array(lines.joined(separator: "\n").utf8)), take)
    log.read(.end, take)
    return moves.moves(from: replays[0], to: replays[1], tiers: log.tiers)
  }

  @Test func `is told once, however many arms of a split lead there`() throws {
    let lines = (0..<40).map { place in
      ReplayGround.line(Int64(place), tenant: "t\(place)", input: 1000, output: 100)
    }
    let moves = try Self.moves(
      "otherwise { use large }",
      "otherwise { split by tenant { 50% as old use middle  50% as new use middle } }", lines)
    let move = try #require(moves.first)
    #expect(moves.count == 1 && move.requests == 40 && move.example == 1)
    #expect(move.from == "otherwise: large" && move.to == "otherwise: middle")
    #expect(move.before.expected == 40 * 3_500_000 && move.after.expected == 40 * 130_000)
  }
}
