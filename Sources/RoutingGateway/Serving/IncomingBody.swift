import NIOCore
import Synchronization

/// The body of one request: its parts come on the connection's event loop, and the request's task takes
/// them.
final class IncomingBody: Sendable {
  /// It broke off, or its connection did.
  struct Broken: Error {}

  private enum End {
    case whole, broken
  }

  private struct State {
    var parts: [ByteBuffer] = []
    var bytes = 0
    var end: End?
    var taker: CheckedContinuation<Void, Never>?
    /// Nobody will take anything any more.
    var isDropped = false
  }

  private let state = Mutex(State())
  /// Hears that there is room again, from any thread.
  private let roomAgain: @Sendable () -> Void

  /// Past this nothing more is read off the connection.
  private static let mostBytes = 64 << 10

  init(roomAgain: @escaping @Sendable () -> Void) { self.roomAgain = roomAgain }

  // MARK: The connection's side

  var isFull: Bool { state.withLock { $0.bytes >= Self.mostBytes } }

  func add(_ part: ByteBuffer) {
    wake { state in
      guard !state.isDropped else { return }
      state.parts.append(part)
      state.bytes += part.readableBytes
    }
  }

  /// All of it has come.
  func finish() { wake { $0.end = $0.end ?? .whole } }

  /// The rest of it will not come.
  func breakOff() { wake { $0.end = $0.end ?? .broken } }

  /// What has come and what still comes is thrown away: the answer has been given.
  func drop() {
    state.withLock { state in
      state.isDropped = true
      state.parts = []
      state.bytes = 0
    }
  }

  private func wake(_ change: (inout State) -> Void) {
    let taker = state.withLock { state in
      change(&state)
      return state.taker.take()
    }
    taker?.resume()
  }

  // MARK: The request's side

  /// Whether nothing of it is still on its way.
  var isWhole: Bool { state.withLock { $0.end == .whole } }

  /// What has come since the last time; nil at the end.
  ///
  /// Waits where nothing has.
  func next() async throws(Broken) -> [ByteBuffer]? {
    while true {
      let (parts, end, hadNoRoom) = state.withLock { state in
        let taken = (state.parts, state.end, state.bytes >= Self.mostBytes)
        state.parts = []
        state.bytes = 0
        return taken
      }
      if hadNoRoom { roomAgain() }
      if !parts.isEmpty { return parts }
      switch end {
      case .whole: return nil
      case .broken: throw Broken()
      case nil: await wait()
      }
    }
  }

  private func wait() async {
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        if !state.parts.isEmpty || state.end != nil { return true }
        state.taker = continuation
        return false
      }
      if isReady { continuation.resume() }
    }
  }
}
