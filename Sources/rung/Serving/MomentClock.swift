import Foundation
import PolicyGraph
import PolicySemantics
import Synchronization

/// The wall clock of a policy's zone, asked for by every request.
///
/// A decision reads it to the hour, and every zone turns its hour at a quarter of one: between two
/// quarters the calendar library, which costs more than a decision, is not asked again.
final class MomentClock: Sendable {
  private struct Reading: Sendable {
    var quarter: Int64
    var moment: LocalMoment
  }

  private let zone: String?
  private let last: Mutex<Reading>

  /// Throws if this machine does not know the zone.
  init(zone: String?) throws(CommandFailure) {
    self.zone = zone
    let now = Date()
    last = Mutex(Reading(quarter: Self.quarter(now), moment: try Moment.local(now, zone: zone)))
  }

  var now: LocalMoment {
    let date = Date()
    let quarter = Self.quarter(date)
    return last.withLock { last in
      // A zone that was known stays known; were it lost, the last reading is the best there is.
      if last.quarter != quarter, let moment = try? Moment.local(date, zone: zone) {
        last = Reading(quarter: quarter, moment: moment)
      }
      return last.moment
    }
  }

  private static func quarter(_ date: Date) -> Int64 {
    Int64((date.timeIntervalSince1970 / 900).rounded(.down))
  }
}
