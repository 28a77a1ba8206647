import PolicyUnits

extension CounterWindow {
  /// Milliseconds a rolling window looks back; nil for any other.
  package var rollingLength: Int64? {
    switch self {
    case .minute: 60_000
    case .hour: 3_600_000
    case .running, .day, .week, .month: nil
    }
  }

  /// Whether a calendar window is over wherever on earth its policy's zone is, and an hour more.
  ///
  /// Then its counters may be forgotten. What is forgotten cannot be counted on, so a claim on such
  /// a window (after the clock went back by more than that hour) is refused.
  package func isOver(at now: Timestamp) -> Bool {
    guard let end = lastDay else { return false }
    // The last zone to see a day end is twelve hours behind UTC.
    return now.milliseconds >= (end + 1) * 86_400_000 + 13 * 3_600_000
  }

  /// The last day of a calendar window, or one after it.
  private var lastDay: Int64? {
    switch self {
    case .running, .minute, .hour: nil
    case .day(let date): date.daysSince1970
    case .week(let monday): monday.daysSince1970 + 6
    case .month(let first): first.daysSince1970 + 30
    }
  }
}
