import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import RoutingTestSupport
import Testing
import TrafficLog

@testable import TrafficReplay

@Suite struct `A log over the regions of a difference` {
  private static let old = """
    facts {
      plan : free | pro | team = free
    }
    route team when plan = team { use large }
    otherwise { use middle }
    """
  private static let new = """
    facts {
      plan : free | pro | team = free
    }
    route team when plan = team { refuse "no more" }
    route pro when plan = pro and prompt mentions "hello" { use small }
    route cached when plan = free { cache exact for 1h per tenant  use middle }
    otherwise { use middle }
    """

  private func shares(
    _ lines: [String], from oldText: String = Self.old, to newText: String = Self.new,
    rates: ReplayRates = ReplayRates(), _ place: (LoggedRequest) -> RegionPlace
  ) throws -> (RegionShares, old: Replay, new: Replay) {
    let (before, after) = (try ReplayGround(oldText).decider, try ReplayGround(newText).decider)
    var reading = Replay.reading(for: before)
    reading.formUnion(Replay.reading(for: after))
    let date = try #require(CalendarDate(daysSince1970: 0))
    var log = TrafficLog(
      reading, anyMoment: LocalMoment(date: date, weekday: .thursday, hour: 0))
    var old = Replay(
      before, rates: rates, modelsByUpstream: [:], moment: ReplayGround.moment)
    var new = Replay(
      after, rates: rates, modelsByUpstream: [:], moment: ReplayGround.moment)
    var traffic = RegionTraffic()
    func take(_ row: LoggedRequest, _ text: TextedRequest?, _ log: borrowing TrafficLog) {
      let from = old.add(row, text, of: log)
      let to = new.add(row, text, of: log)
      traffic.add(place(row), from: from, in: old, to: to, in: new, line: row.line)
    }
    log.read(.bytes(Array(lines.joined(separator: "\n").utf8)), take)
    log.read(.end, take)
    return (traffic.shares(changes: 3, from: old, to: new, tiers: log.tiers), old, new)
  }

  private static func line(_ plan: String, _ tokens: Int64, more: String = "") -> String {
    #"{"time":1700000000,"model":"large","input_tokens":\#(tokens),"output_tokens":7,"#
      + #""metadata":{"plan":"\#(plan)"}\#(more)}"#
  }

  @Test func `adds up to the whole, in requests and in money, to the last unit`() throws {
    let seed: UInt64 = 71
    var random = SplitMix(state: seed)
    let lines = (0..<3_000).map { _ in
      Self.line(
        random.next() % 4 == 0 ? "team" : "free", Int64(random.next() % 900),
        more: #","body_fingerprint":"\#(random.next() % 40)""#)
    }
    let (shares, old, new) = try shares(lines) { row in
      switch row.line % 5 {
      case 0: .change(0)
      case 1: .change(1)
      case 2: .change(2)
      default: .unchanged
      }
    }
    SharedData.say("regions of a log: seed \(seed), \(lines.count) rows")
    let parts = shares.changes + [shares.unchanged]
    #expect(shares.undecidedRequests == 0)
    #expect(parts.reduce(0) { $0 + $1.requests } == shares.whole.requests)
    #expect(shares.whole.requests == Int64(lines.count))
    #expect(parts.allSatisfy { $0.requests > 0 })
    for (name, cost) in [("old", \RegionShares.Part.before), ("new", \RegionShares.Part.after)] {
      let sum = parts.reduce(Int128(0)) { $0 + ($1[keyPath: cost].expected ?? .min / 8) }
      #expect(sum == shares.whole[keyPath: cost].expected, "\(name)")
      let high = parts.reduce(Int128(0)) { $0 + $1[keyPath: cost].high }
      #expect(high == shares.whole[keyPath: cost].high, "\(name)")
    }
    // The whole is what each policy's own replay says; what is refused now costs nothing.
    #expect(shares.whole.before.expected == old.report(tiers: TierTally()).cost.expected)
    #expect(shares.whole.after.expected == new.report(tiers: TierTally()).cost.expected)
    let refused = new.leftOut.groups.first { $0.reason == .refused(.byRoute) }
    #expect((refused?.requests ?? 0) > 500)
  }

  @Test func `says what no log could tell, and leaves it out of every part`() throws {
    let (shares, _, _) = try shares([
      Self.line("pro", 10),  // hangs on a text
      Self.line("free", 10), Self.line("team", 10),
      #"{"time":1700000000,"model":"large","metadata":{"plan":"free"}}"#,
    ]) { $0.line == 3 ? .undecided : .unchanged }
    #expect(shares.whole.requests == 1 && shares.unchanged.requests == 1)
    #expect(shares.unclear == 1 && shares.unclearExample == 3)
    #expect(shares.undecided.map(\.reason) == [.noText, .noTokens])
    #expect(shares.undecidedRequests == 3)
    #expect(shares.changes.allSatisfy { $0.requests == 0 && $0.example == nil })
    #expect(shares.changes.allSatisfy { $0.before == .nothing && $0.after == .nothing })
  }

  @Test func `costs the same under both policies where nothing changes, to the nano`() throws {
    let ladder = """
      gate long = length >= 20 chars
      ladder cheap {
        tier small accept long
        tier middle accept long
        tier large
      }
      """
    let old = ladder + "\notherwise { use cheap }"
    let new = ladder + "\nroute big when prompt.tokens > 500 { use large }\notherwise { use cheap }"
    var rates = ReplayRates()
    // Shares that no sum of nanos divides by.
    for model in 0..<2 {
      rates.acceptance[ModelID(model)] = Acceptance(
        share: Share(millionths: 333_333), source: "said")
    }
    let seed: UInt64 = 72
    var random = SplitMix(state: seed)
    for round in 0..<50 {
      let lines = (0..<20).map { _ in Self.line("free", Int64(random.next() % 900)) }
      let (shares, _, _) = try shares(lines, from: old, to: new, rates: rates) { row in
        (row.input ?? 0) > 500 ? .change(0) : .unchanged
      }
      #expect(shares.unchanged.before == shares.unchanged.after, "round \(round)")
      let parts = shares.changes + [shares.unchanged]
      for cost in [\RegionShares.Part.before, \RegionShares.Part.after] {
        let sum = parts.reduce(Int128(0)) { $0 + ($1[keyPath: cost].expected ?? .min / 8) }
        #expect(sum == shares.whole[keyPath: cost].expected, "round \(round)")
      }
    }
    SharedData.say("what two policies share of a log: seed \(seed), 50 logs")
  }
}
