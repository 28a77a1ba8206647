import PolicyGraph
import RoutingBudgets

/// Moments in the policy's zone, asked of the calendar once for each minute.
///
/// The clocks of a zone change at the beginning of a minute, and are off by whole minutes: the last that
/// were not were Liberia's, until January 1972. Before, every moment is asked for by itself.
struct MomentBook {
  private static let minute: Int64 = 60 * 1000
  /// 1973, in minutes since 1970.
  private static let wholeMinutes: Int64 = (365 + 365 + 366) * 24 * 60

  private let zone: @Sendable (Timestamp) -> LocalMoment?
  private let cells: LoggedCells
  private var last: (minute: Int64, moment: PlacedMoment)?

  init(_ cells: LoggedCells, _ zone: @escaping @Sendable (Timestamp) -> LocalMoment?) {
    self.cells = cells
    self.zone = zone
  }

  /// Nil outside the years 1…9999.
  mutating func moment(_ time: Timestamp) -> PlacedMoment? {
    let minute = time.milliseconds / Self.minute
    if let last, last.minute == minute { return last.moment }
    guard let moment = zone(time) else { return nil }
    let placed = PlacedMoment(moment: moment, cell: cells.number(of: moment))
    if minute >= Self.wholeMinutes { last = (minute, placed) }
    return placed
  }
}

/// A moment and its cell among those the policy tells apart.
struct PlacedMoment {
  let moment: LocalMoment
  let cell: Int
}
