import Synchronization

/// What the driver's thread and the reader of an answer share: the head, the bytes not yet taken,
/// and how it ended.
final class Transfer: Sendable {
  enum Event {
    case head
    case bytes
  }

  enum Acceptance {
    case taken
    /// The buffer is full: offer the same bytes again after `resume`.
    case heldBack
    /// Nobody wants this answer any more.
    case unwanted
  }

  enum Ending {
    case complete(UpstreamTiming)
    case failed(UpstreamFailure)
  }

  private struct State {
    var head: UpstreamHead?
    var bytes: [UInt8] = []
    var isHeldBack = false
    var hasBegun = false
    var ending: Ending?
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  /// Whether the whole body is kept until the end, without holding the sender back.
  let collects: Bool
  private let state = Mutex(State())

  init(collects: Bool) { self.collects = collects }

  var isOver: Bool { state.withLock { $0.ending != nil } }
  /// Whether its reader has said that the answer has begun.
  var hasBegun: Bool { state.withLock { $0.hasBegun } }

  /// Known once the transfer is complete.
  var timing: UpstreamTiming? {
    state.withLock { state in
      guard case .complete(let timing) = state.ending else { return nil }
      return timing
    }
  }

  // MARK: The reader's side

  /// Returns when the event has happened or the transfer is over; a collected one has its head
  /// only at its end.
  func wait(for event: Event) async {
    await withCheckedContinuation { continuation in
      let isDue = state.withLock { state in
        if has(event, state) { return true }
        state.waiting.append(continuation)
        return false
      }
      if isDue { continuation.resume() }
    }
  }

  private func has(_ event: Event, _ state: State) -> Bool {
    if state.ending != nil { return true }
    if collects { return false }
    return switch event {
    case .head: state.head != nil
    case .bytes: !state.bytes.isEmpty
    }
  }

  /// The head, once `wait(for: .head)` has returned.
  ///
  /// A streamed answer that broke off after its head is still an answer: its body ends in failure.
  func takeHead() throws(UpstreamFailure) -> UpstreamHead {
    let (head, ending) = state.withLock { ($0.head, $0.ending) }
    if case .failed(let failure) = ending, collects || head == nil || failure == .cancelled {
      throw failure
    }
    guard let head else { throw .badResponse(.notHTTP) }
    return head
  }

  func begin() { state.withLock { $0.hasBegun = true } }

  func takeAll() -> [UInt8] {
    state.withLock { state in
      let all = state.bytes
      state.bytes = []
      return all
    }
  }

  enum Taken {
    /// Bytes, and whether the sender was held back and may now go on.
    case piece([UInt8], resumes: Bool)
    case end
    case failure(UpstreamFailure)
    case nothingYet
  }

  /// What has arrived since the last time.
  ///
  /// Bytes that came before a failure are handed out first.
  func take() -> Taken {
    state.withLock { state in
      if !state.bytes.isEmpty {
        let piece = state.bytes
        state.bytes = []
        let resumes = state.isHeldBack
        state.isHeldBack = false
        return .piece(piece, resumes: resumes)
      }
      return switch state.ending {
      case .complete: .end
      case .failed(let failure): .failure(failure)
      case nil: .nothingYet
      }
    }
  }

  // MARK: The driver's side

  func deliver(_ head: UpstreamHead) {
    wake { state in
      state.head = head
      return !collects
    }
  }

  /// Takes bytes in unless more than `limit` are waiting for the reader.
  func deliver(_ bytes: Span<UInt8>, limit: Int) -> Acceptance {
    var acceptance = Acceptance.taken
    wake { state in
      if state.ending != nil {
        acceptance = .unwanted
        return false
      }
      if !collects, state.bytes.count >= limit {
        state.isHeldBack = true
        acceptance = .heldBack
        return false
      }
      state.bytes.append(copying: bytes)
      return !collects
    }
    return acceptance
  }

  /// Ends the transfer; only the first ending counts.
  func end(_ ending: Ending) {
    wake { state in
      guard state.ending == nil else { return false }
      state.ending = ending
      return true
    }
  }

  func fail(_ failure: UpstreamFailure) { end(.failed(failure)) }

  /// Runs `change` and, if it says so, wakes those who wait, outside the lock.
  private func wake(after change: (inout State) -> Bool) {
    let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      guard change(&state) else { return [] }
      let waiting = state.waiting
      state.waiting = []
      return waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
