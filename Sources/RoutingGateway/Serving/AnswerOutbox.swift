import HTTPTypes
import NIOCore
import NIOHTTPTypes
import RoutingCalls
import Synchronization

/// What is on its way to the caller of one connection.
///
/// Tasks put in, the connection's event loop takes out: all that is there at once, with one flush. Nobody
/// waits for a write, only for room where the caller reads too slowly.
///
/// A request that asks for room before each piece has at most `mostWaiting` bytes and a piece here, and
/// as much again on the connection.
final class AnswerOutbox: Sendable {
  private struct State {
    var parts: [HTTPResponsePart] = []
    /// Of the bodies among them.
    var bytes = 0
    /// The event loop has been told that there is something.
    var isDue = false
    /// Whether the connection has.
    var takesMore = true
    var isClosed = false
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var next: UInt64 = 0

    var hasRoom: Bool { takesMore && bytes < AnswerOutbox.mostWaiting }
  }

  /// Past this many bytes there is no room for more.
  static let mostWaiting = 8 << 10

  private let state = Mutex(State())
  /// Hears, from any thread, that there is something to take.
  private let isDue: @Sendable () -> Void

  init(isDue: @escaping @Sendable () -> Void) { self.isDue = isDue }

  // MARK: The request's side

  /// Sends these parts behind all before them, however slowly the caller reads.
  func put(_ parts: [HTTPResponsePart]) throws(CallerGone) {
    let (isClosed, isFirst) = state.withLock { state in
      guard !state.isClosed else { return (true, false) }
      state.parts += parts
      for part in parts { state.bytes += part.bodyBytes }
      defer { state.isDue = true }
      return (false, !state.isDue)
    }
    if isClosed { throw CallerGone() }
    if isFirst { isDue() }
  }

  /// Waits until the caller has read enough of what was sent.
  ///
  /// A cancelled task does not wait: the little it still says is said.
  func room() async throws(CallerGone) {
    let number: UInt64? = state.withLock { state in
      if state.hasRoom || state.isClosed { return nil }
      state.next += 1
      return state.next
    }
    if let number, !Task.isCancelled { await wait(as: number) }
    if state.withLock({ $0.isClosed }) { throw CallerGone() }
  }

  private func wait(as number: UInt64) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if state.hasRoom || state.isClosed || Task.isCancelled { return true }
          state.waiters[number] = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }

  // MARK: The connection's side

  /// All that is there, in order.
  func take() -> [HTTPResponsePart] {
    state.withLock { state in
      defer {
        state.parts = []
        state.bytes = 0
        state.isDue = false
      }
      return state.parts
    }
  }

  /// Whether the connection takes more, now that it has what was taken.
  func set(takesMore: Bool) {
    release { $0.takesMore = takesMore }
  }

  /// Nothing put in from now on reaches anybody.
  func close() {
    release { state in
      state.isClosed = true
      state.parts = []
    }
  }

  private func release(_ change: (inout State) -> Void) {
    let waiters = state.withLock { state in
      change(&state)
      guard !state.waiters.isEmpty, state.hasRoom || state.isClosed else {
        return [CheckedContinuation<Void, Never>]()
      }
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }
}

extension HTTPResponsePart {
  fileprivate var bodyBytes: Int {
    if case .body(let bytes) = self { bytes.readableBytes } else { 0 }
  }
}
