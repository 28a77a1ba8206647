import HTTPUpstream
import Synchronization

/// Ends a stream that falls silent.
///
/// Time in which its reader does something else does not count.
final class SilenceWatch: Sendable {
  private struct State {
    var waiting: ContinuousClock.Instant?
    var isExpired = false
    var task: Task<Void, any Error>?
  }

  let limit: Duration
  private let state = Mutex(State())

  init(limit: Duration) { self.limit = limit }

  deinit { stop() }

  var isExpired: Bool { state.withLock { $0.isExpired } }

  /// From now on; once.
  func start(_ body: UpstreamBody) {
    let task = Task { [weak self, limit] in
      var rest = limit
      while true {
        try await Task.sleep(for: rest)
        guard let watch = self else { return }
        guard let more = watch.rest() else { return body.cancel() }
        rest = more
      }
    }
    state.withLock { $0.task = task }
  }

  func stop() {
    let task = state.withLock { state in
      defer { state.task = nil }
      return state.task
    }
    task?.cancel()
  }

  /// The reader begins to wait for bytes.
  func waits() { state.withLock { $0.waiting = .now } }

  /// Bytes have come, or the end.
  func goesOn() { state.withLock { $0.waiting = nil } }

  /// How long it may still be silent; nil if it has been for too long.
  private func rest() -> Duration? {
    state.withLock { state in
      guard let waiting = state.waiting else { return limit }
      let waited = ContinuousClock.now - waiting
      guard waited >= limit else { return limit - waited }
      state.isExpired = true
      return nil
    }
  }
}
