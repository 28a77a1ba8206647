import OpenAIWire
import RoutingCalls
import Synchronization

/// A caller who keeps what he gets, and may go away.
final class ListeningSink: AnswerSink {
  struct Heard: Sendable {
    var starts: [AnswerStart] = []
    var batches: [[ChatChunk]] = []

    var chunks: [ChatChunk] { batches.flatMap(\.self) }
    var text: String { chunks.flatMap(\.choices).compactMap(\.text).joined() }
    var commit: CommitPoint? { starts.first?.commit }
    var hasEnd: Bool { chunks.flatMap(\.choices).contains { $0.finish != nil } }
  }

  private let state = Mutex(Heard())
  /// After so many batches he is gone; nil stays to the end.
  private let patience: Int?

  init(leavesAfter patience: Int? = nil) { self.patience = patience }

  var heard: Heard { state.withLock { $0 } }

  func begin(_ start: AnswerStart) throws(CallerGone) {
    state.withLock { $0.starts.append(start) }
    if patience == 0 { throw CallerGone() }
  }

  func send(_ chunks: [ChatChunk]) throws(CallerGone) {
    let count = state.withLock { state in
      state.batches.append(chunks)
      return state.batches.count
    }
    if let patience, count >= patience { throw CallerGone() }
  }

  func room() async throws(CallerGone) {}
}
