import Synchronization

/// Whether the caller of a connection is still there, and what ends when it goes.
///
/// One per connection. A caller that closes its side of the connection is gone: nothing reads what is
/// still to be said.
final class CallerWatch: Sendable {
  private struct State {
    var isGone = false
    var work: RequestWork?
  }

  private let state = Mutex(State())

  /// Runs `body`, cancelled when the caller goes or the gateway ends what is under way.
  ///
  /// Call it from the task of `work`.
  func whileHere(
    _ work: RequestWork, among underWay: RequestsUnderWay, _ body: () async -> Void
  ) async {
    let number = underWay.add(work)
    let isGone = state.withLock { state in
      state.work = work
      return state.isGone
    }
    if isGone { work.cancel() }
    await body()
    underWay.remove(number)
    state.withLock { state in
      // The next request may have begun: its answer waits for the end of this one's, not of its task.
      if state.work === work { state.work = nil }
    }
  }

  func leave() {
    let work = state.withLock { state in
      state.isGone = true
      return state.work
    }
    work?.cancel()
  }
}
