import Synchronization

/// The task that serves one request, for whoever has to end it.
///
/// It is there before its task is, so that the task itself can say from when on it may be ended.
final class RequestWork: Sendable {
  private struct State {
    var task: Task<Void, Never>?
    var isCancelled = false
    var isStopped = false
  }

  private let state = Mutex(State())

  /// Once; nil is where tasks run that ask for no place of their own.
  func begin(on executor: (any TaskExecutor)?, _ body: @escaping @Sendable () async -> Void) {
    let task = Task(executorPreference: executor) { await body() }
    let isLate = state.withLock { state in
      state.task = task
      return state.isCancelled
    }
    if isLate { task.cancel() }
  }

  /// Whether the gateway ended it, whose caller may be there still.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Ends it as the gateway stops.
  func stop() {
    state.withLock { if !$0.isCancelled { $0.isStopped = true } }
    cancel()
  }

  /// Ends it as nobody waits for it.
  func cancel() {
    let task = state.withLock { state in
      state.isCancelled = true
      return state.task
    }
    task?.cancel()
  }
}
