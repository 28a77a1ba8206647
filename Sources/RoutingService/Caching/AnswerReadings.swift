import OpenAIWire
import RoutingCache
import Synchronization

/// The answers given last, as they were read: one that is asked for again and again is read once.
///
/// A reading is held by its answer, so that what is purged or let go by the cache is gone from here too.
final class AnswerReadings: Sendable {
  /// Readings kept at a time.
  static let most = 64
  /// A longer body is read each time: what these take together is to stay small.
  static let mostBytes = 16 << 10

  private struct Kept {
    weak var answer: CachedAnswer?
  }

  private struct State {
    var kept: [Kept] = []
    /// Of the one kept longest, once there are ``most``.
    var oldest = 0
  }

  private let state = Mutex(State())

  /// What an answer says; nil if it cannot be read.
  func response(of answer: CachedAnswer) -> ChatResponse? {
    if let read = answer.reading.withLock({ $0 }) as? ChatResponse { return read }
    guard let read = try? ChatResponse(answer.body) else { return nil }
    if answer.body.count <= Self.mostBytes { keep(read, of: answer) }
    return read
  }

  private func keep(_ read: ChatResponse, of answer: CachedAnswer) {
    let isFirst = answer.reading.withLock { reading in
      defer { reading = read }
      return reading == nil
    }
    guard isFirst else { return }
    let dropped = state.withLock { state -> CachedAnswer? in
      guard state.kept.count == Self.most else {
        state.kept.append(Kept(answer: answer))
        return nil
      }
      let dropped = state.kept[state.oldest].answer
      state.kept[state.oldest] = Kept(answer: answer)
      state.oldest = (state.oldest + 1) % Self.most
      return dropped
    }
    dropped?.reading.withLock { $0 = nil }
  }
}
