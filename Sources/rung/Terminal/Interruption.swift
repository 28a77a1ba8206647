import Dispatch
import Foundation
import Synchronization

/// Ctrl-C, or another signal that asks for an end: what is under way is cancelled and the command ends by itself.
///
/// With two steps the first only stops what has not begun.
final class Interruption: Sendable {
  private struct State: Sendable {
    var count = 0
    var cancel: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  /// Kept alive, and touched only where it is made and given up.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]
  private let signals: [Int32]
  /// How often it has to come before what runs is cancelled.
  private let steps: Int
  private let first: @Sendable () -> Void

  /// `first` hears of the first one.
  init(
    _ signals: [Int32] = [SIGINT], steps: Int = 1, first: @escaping @Sendable () -> Void = {}
  ) {
    self.steps = steps
    self.first = first
    self.signals = signals
    let sources = signals.map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number)
    }
    unsafe self.sources = sources
    for source in sources {
      source.setEventHandler { [weak self] in self?.come() }
      source.resume()
    }
  }

  /// What comes after it is interrupted as any program is.
  deinit {
    for source in unsafe sources { source.cancel() }
    for number in signals { signal(number, SIG_DFL) }
  }

  var hasCome: Bool { state.withLock { $0.count > 0 } }

  /// Runs something that an interruption cancels.
  func cancelling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let task = Task { try await body() }
    let isLate = state.withLock { state in
      state.cancel = { task.cancel() }
      return state.count >= steps
    }
    if isLate { task.cancel() }
    return try await task.value
  }

  private func come() {
    let (count, cancel) = state.withLock { state in
      state.count += 1
      return (state.count, state.cancel)
    }
    if count == 1 { first() }
    if count >= steps { cancel?() }
  }
}
