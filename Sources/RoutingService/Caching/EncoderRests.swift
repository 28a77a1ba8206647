import PolicyUnits
import RoutingBudgets
import Synchronization

/// Encoders that have just failed: they are left alone for a while, so that not every request waits
/// for one that is down.
final class EncoderRests: Sendable {
  static let rest: Int64 = 5_000

  private let ends = Mutex<[String: Timestamp]>([:])

  func isResting(_ encoder: String, at now: Timestamp) -> Bool {
    ends.withLock { ends in
      guard let end = ends[encoder] else { return false }
      // A clock that was set back must not make a rest last for years.
      return now < end && end.milliseconds - now.milliseconds <= Self.rest
    }
  }

  func tell(_ encoder: String, isGood: Bool, at now: Timestamp) {
    ends.withLock { $0[encoder] = isGood ? nil : now.after(Self.rest) }
  }
}
