import Synchronization

/// Addresses whose open connections are not used for a while.
///
/// An answer that could not be read may have been longer than its head said. What is left of it
/// waits on the connection, where it would be taken for the next answer, to another request.
final class DistrustedConnections: Sendable {
  /// Longer than a connection is kept idle.
  private static let span = Duration.seconds(60)

  private let until = Mutex<[String: ContinuousClock.Instant]>([:])

  func distrust(_ address: String) {
    let end = ContinuousClock.now + Self.span
    until.withLock { $0[address] = end }
  }

  func distrusts(_ address: String) -> Bool {
    until.withLock { until in
      guard let end = until[address] else { return false }
      if end > .now { return true }
      until[address] = nil
      return false
    }
  }
}
