import Dispatch
import Foundation
import Synchronization

/// Ctrl-C, once: what is under way is cancelled and the command ends by itself.
final class Interruption: Sendable {
  private struct State: Sendable {
    var hasCome = false
    var cancel: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  /// Kept alive, and touched only where it is made and given up.
  private nonisolated(unsafe) let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT)
    unsafe self.source = source
    source.setEventHandler { [weak self] in self?.come() }
    source.resume()
  }

  deinit { unsafe source.cancel() }

  var hasCome: Bool { state.withLock { $0.hasCome } }

  /// Runs something that an interruption cancels.
  func cancelling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task { try await body() }
    let isLate = state.withLock { state in
      state.cancel = { task.cancel() }
      return state.hasCome
    }
    if isLate { task.cancel() }
    return try await task.value
  }

  private func come() {
    let cancel = state.withLock { state in
      state.hasCome = true
      return state.cancel
    }
    cancel?()
  }
}
