import Synchronization

/// Work that outlives the answer it belongs to, so much at once and no more.
final class BesideWork: Sendable {
  private struct State {
    var running = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let most: Int

  init(most: Int) { self.most = most }

  /// Starts it, unless too much is under way.
  func start(_ work: @escaping @Sendable () async -> Void) -> Bool {
    let isRoom = state.withLock { state in
      guard state.running < most else { return false }
      state.running += 1
      return true
    }
    guard isRoom else { return false }
    Task {
      await work()
      end()
    }
    return true
  }

  /// Returns once nothing is under way.
  func drain() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if state.running > 0 { state.waiting.append(continuation) }
        return state.running == 0
      }
      if isIdle { continuation.resume() }
    }
  }

  private func end() {
    let waiting = state.withLock { state in
      state.running -= 1
      guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
