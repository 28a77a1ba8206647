import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingRuntime
import Testing

@testable import TrafficReplay

@Suite struct `Moments of a log` {
  /// A zone whose clocks are behind by so much until a time, and then by so much.
  private static func zone(
    _ first: Int64, until change: Int64, _ second: Int64
  ) -> @Sendable (Timestamp) -> LocalMoment? {
    { time in
      let seconds = time.milliseconds / 1000
      let local = seconds - (seconds < change ? first : second)
      let days = local / 86_400
      guard let date = CalendarDate(daysSince1970: days) else { return nil }
      return LocalMoment(date: date, weekday: .monday, hour: Int(local / 3600 % 24))
    }
  }

  @Test(arguments: [
    // Liberia's clocks were behind by 44 minutes and a half until 1972.
    (
      first: Int64(44 * 60 + 30), change: Int64(63_593_070), second: Int64(0),
      from: Int64(44_584_860)
    ),
    // Newfoundland's changed a minute after midnight until 2011.
    (first: 12_600, change: 1_289_104_260, second: 9_000, from: 1_289_103_000),
  ])
  func `are the calendar's, wherever the clocks change`(
    zone: (first: Int64, change: Int64, second: Int64, from: Int64)
  ) throws {
    let calendar = Self.zone(zone.first, until: zone.change, zone.second)
    let ground = try ReplayGround("otherwise { use small }")
    var book = MomentBook(LoggedCells(ground.decider.graph), calendar)
    for second in zone.from..<(zone.from + 7200) {
      let time = Timestamp(milliseconds: second * 1000 + 999)
      #expect(book.moment(time)?.moment == calendar(time), "\(second)")
    }
  }
}
