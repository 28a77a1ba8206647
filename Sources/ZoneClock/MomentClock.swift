package import Foundation
package import PolicyGraph
import Synchronization

/// The wall clock of a policy's zone, asked for by every request.
///
/// Safe to share between threads.
///
/// A decision reads it to the hour, and every zone turns its hour at a quarter of one: between two
/// quarters the calendar library, which costs more than a decision, is not asked again.
package final class MomentClock: Sendable {
  private struct Reading: Sendable {
    var quarter: Int64
    var moment: LocalMoment
  }

  private let zone: String?
  private let last: Mutex<Reading>

  /// Throws if this machine does not know the zone.
  package init(zone: String?, at date: Date) throws(ClockProblem) {
    self.zone = zone
    last = Mutex(
      Reading(quarter: Self.quarter(date), moment: try WallClock.local(date, zone: zone)))
  }

  /// The wall clock at `date`.
  ///
  /// A date outside the years 1 to 9999 has none; it gets the last one that was asked for.
  package func moment(at date: Date) -> LocalMoment {
    // A zone that was known stays known; were it lost, the last reading is the best there is.
    (try? checkedMoment(at: date)) ?? last.withLock(\.moment)
  }

  /// The wall clock at `date`, which may lie anywhere.
  package func checkedMoment(at date: Date) throws(ClockProblem) -> LocalMoment {
    let quarter = Self.quarter(date)
    if let moment = last.withLock({ $0.quarter == quarter ? $0.moment : nil }) { return moment }
    let moment = try WallClock.local(date, zone: zone)
    last.withLock { $0 = Reading(quarter: quarter, moment: moment) }
    return moment
  }

  /// Of seconds that may be any number at all.
  private static func quarter(_ date: Date) -> Int64 {
    let quarters = (date.timeIntervalSince1970 / 900).rounded(.down)
    return Int64(exactly: quarters) ?? (quarters < 0 ? .min : .max)
  }
}
