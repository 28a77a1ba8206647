import PolicyUnits
import Synchronization

/// Pauses that end when the test says so, so that no test has to sleep.
final class HeldPauses: Sendable {
  private struct State {
    var asked: [Milliseconds] = []
    var held: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// How long everybody wanted to wait, in order.
  var asked: [Milliseconds] { state.withLock { $0.asked } }

  func hold(_ span: Milliseconds) async {
    await withCheckedContinuation { continuation in
      state.withLock {
        $0.asked.append(span)
        $0.held.append(continuation)
      }
    }
  }

  /// Ends every pause that was begun.
  func pass() {
    let held = state.withLock { state in
      defer { state.held = [] }
      return state.held
    }
    for pause in held { pause.resume() }
  }
}
