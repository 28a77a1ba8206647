import PolicyGraph
import RoutingBudgets

/// Moments in the policy's zone, asked of the calendar once for each quarter of an hour: no zone has
/// ever been off by less.
struct MomentBook {
  private static let quarter: Int64 = 15 * 60 * 1000

  private let zone: @Sendable (Timestamp) -> LocalMoment?
  private var last: (quarter: Int64, moment: LocalMoment)?

  init(_ zone: @escaping @Sendable (Timestamp) -> LocalMoment?) { self.zone = zone }

  /// Nil outside the years 1…9999.
  mutating func moment(_ time: Timestamp) -> LocalMoment? {
    var quarter = time.milliseconds / Self.quarter
    if time.milliseconds % Self.quarter < 0 { quarter -= 1 }
    if let last, last.quarter == quarter { return last.moment }
    guard let moment = zone(time) else { return nil }
    last = (quarter, moment)
    return moment
  }
}
