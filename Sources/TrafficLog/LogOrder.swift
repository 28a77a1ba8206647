import RoutingBudgets

/// Whether the rows of a log came in the order of their times.
struct LogOrder: Sendable {
  private var latest: Timestamp?
  private(set) var isKept = true

  mutating func add(_ time: Timestamp) {
    if let latest, time < latest { isKept = false }
    latest = time
  }
}
