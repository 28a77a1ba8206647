import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingTestSupport
import Testing
import TrafficAudit
import TrafficLog

@Suite struct `How often a tier is accepted` {
  private static let date = CalendarDate(daysSince1970: 20_700)

  /// The count of a replay, of the same lines.
  private static func replayed(_ text: String, problems: Int = 0) throws -> TierTally {
    var log = TrafficLog(
      LogReading(facts: []),
      anyMoment: LocalMoment(date: try #require(date), weekday: .thursday, hour: 0))
    log.read(.bytes(Array(text.utf8))) { _, _, _ in }
    log.read(.end) { _, _, _ in }
    #expect(log.problemCount == problems)
    return log.tiers
  }

  private static func audited(_ text: String) -> [TierName: TierTally.Count] {
    var counts: [TierName: TierTally.Count] = [:]
    for ladder in AuditedLog(text).report.ladders {
      for tier in ladder.tiers {
        guard let found = tier.acceptance else { continue }
        counts[TierName(ladder: ladder.name, model: tier.model)] = TierTally.Count(
          accepted: found.accepted, reached: found.reached)
      }
    }
    return counts
  }

  @Test func `counts what gates said of a request that failed further up`() throws {
    let climbed = [
      MadeCall(model: "small", verdict: "rejected", ladder: ("l", 1), gate: "long"),
      MadeCall(model: "large", verdict: "failed", ladder: ("l", 2)),
    ]
    let failed = MadeRow(time: 1_794_182_400, extra: #","status":"failed""#).calling(climbed)
    let never = MadeRow(time: 1_794_182_401, extra: #","status":"failed""#).calling([
      MadeCall(model: "small", verdict: "failed", ladder: ("l", 1))
    ])
    let answered = MadeRow(time: 1_794_182_402).calling([
      MadeCall(model: "small", ladder: ("l", 1), gate: "long")
    ])
    let text = [failed, never, answered].map(\.line).joined(separator: "\n")
    let name = TierName(ladder: "l", model: "small")
    let wanted = [name: TierTally.Count(accepted: 1, reached: 2)]
    #expect(Self.audited(text) == wanted)
    #expect(try Self.replayed(text).counts == wanted)
  }

  @Test(arguments: ["failed", "answered"])
  func `leaves out a row without a time, whatever became of it`(status: String) throws {
    let line = MadeRow(time: 1_794_182_400, extra: ",\"status\":\"\(status)\"").calling([
      MadeCall(model: "small", verdict: "rejected", ladder: ("l", 1), gate: "long"),
      MadeCall(model: "large", verdict: "failed", ladder: ("l", 2)),
    ]).line
    let text = [
      line, line.replacing("\"time\":1794182400,", with: ""),
      line.replacing("\"time\":1794182400", with: "\"time\":\"soon\""),
    ].joined(separator: "\n")
    let wanted = [TierName(ladder: "l", model: "small"): TierTally.Count(accepted: 0, reached: 1)]
    #expect(Self.audited(text) == wanted)
    #expect(try Self.replayed(text, problems: 2).counts == wanted)
  }

  @Test func `is not told by answers that no gate may reject`() throws {
    let rows = (0..<30).map { place in
      MadeRow(
        time: 1_794_182_400 + place, task: "t", model: "middle", input: 1_000, cost: 1_000_000
      )
      .calling([
        MadeCall(model: "small", verdict: "rejected", ladder: ("l", 1), gate: "long"),
        MadeCall(model: "middle", ladder: ("l", 2), cost: 1_000_000),
      ])
    }
    let dear = (0..<30).map { place in
      MadeRow(time: 1_794_183_000 + place, task: "u", model: "large", input: 1_000, cost: 9_000_000)
    }
    let text = (rows + dear).map(\.line).joined(separator: "\n")
    let report = AuditedLog(text, prices: MadePrices.catalog).report
    #expect(report.ladders.first?.tiers.map(\.answers) == [30, 30])
    #expect(report.ladders.first?.tiers.map(\.acceptance?.reached) == [30, nil])
    let moves = report.cures.compactMap { cure in
      if case .move(let move) = cure, move.subject == "u" { move } else { nil }
    }
    #expect(moves.map(\.to) == ["middle"])
    #expect(moves.first?.measured == nil)
  }

  @Test(arguments: UInt64(0)..<50)
  func `is the same in an audit and in a replay, whatever became of the requests`(
    seed: UInt64
  ) throws {
    var numbers = SplitMix(state: seed)
    let statuses = ["answered", "failed", "lost", "cancelled", "not_accepted", "refused"]
    let rows = (0..<60).map { place in
      var calls: [MadeCall] = []
      for (tier, model) in ["small", "middle", "large"].enumerated() {
        let verdict = ["accepted", "rejected", "failed"].randomElement(using: &numbers) ?? ""
        calls.append(
          MadeCall(
            model: model, role: Int.random(in: 0..<9, using: &numbers) == 0 ? "shadow" : "answer",
            verdict: verdict,
            ladder: Int.random(in: 0..<5, using: &numbers) == 0
              ? nil : ("l\(Int.random(in: 0..<2, using: &numbers))", tier + 1),
            gate: tier < 2 && verdict != "failed" ? "long" : nil))
        if verdict == "accepted" { break }
      }
      let status = statuses[Int.random(in: 0..<statuses.count, using: &numbers)]
      return MadeRow(time: 1_794_182_400 + Int64(place), extra: ",\"status\":\"\(status)\"")
        .calling(calls)
    }
    let text = rows.map(\.line).joined(separator: "\n")
    #expect(Self.audited(text) == (try Self.replayed(text).counts))
  }
}
