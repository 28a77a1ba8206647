import PolicyUnits
import RoutingBudgets

/// A clock that only moves when the run says so: mostly a little, at times far, at times back.
struct VirtualClock: Sendable {
  private(set) var time = Timestamp(milliseconds: Self.start)

  /// 30 October 2026, 23:58:20 UTC: the day, the week and the month end soon.
  private static let start: Int64 = 1_793_404_700_000

  /// Of so many steps about 450 are jumps.
  private let calm: Int

  /// A short run jumps more often, so that its windows roll over too.
  init(requests: Int) { calm = requests < 5_000 ? 2_000 : 20_000 }

  mutating func move(by random: inout SeededRandom) {
    switch random.below(calm) {
    case 0..<10: advance(random.amount(in: 3_600_000...90_000_000))
    case 10..<50: advance(random.amount(in: 60_000...3_600_000))
    case 50..<400: advance(random.amount(in: 1_000...70_000))
    case 400..<440: advance(-random.amount(in: 1...600_000))
    case 440: advance(-random.amount(in: 600_000...80_000_000))
    default: advance(random.amount(in: 0...20))
    }
  }

  mutating func advance(_ milliseconds: Int64) {
    time = Timestamp(milliseconds: max(0, time.milliseconds + milliseconds))
  }

  /// The date in UTC.
  var date: CalendarDate? { CalendarDate(daysSince1970: time.milliseconds / 86_400_000) }
}
