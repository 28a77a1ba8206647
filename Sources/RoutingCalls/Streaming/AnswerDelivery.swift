import OpenAIWire
import RoutingRuntime

/// Brings the chunks of a request's answers to its caller: as they come, or once its gates have
/// spoken.
///
/// Until something of substance has come, an answer nobody gates is held as well: a call that fails
/// with nothing but the role of its speaker sent can still be followed by another. Used by one task.
final class AnswerDelivery {
  private struct Held {
    let order: CallOrder
    var chunks: [ChatChunk] = []
  }

  private let sink: any AnswerSink
  /// Answers by their attempt; rejected ones only where the ladder may return them.
  private var held: [Int: Held] = [:]
  private var current = 0
  /// Whether a gate alone asked how sure the model is of its tokens.
  private var stripsLogprobs = false
  private var attempts: [AttemptRecord] = []
  /// Why the answer went out; nil as long as nothing has.
  private(set) var committed: CommitPoint?

  init(_ sink: any AnswerSink) { self.sink = sink }

  var hasBegun: Bool { committed != nil }

  /// A call is about to be made; its record is the last of the attempts.
  func expect(
    _ order: CallOrder, _ attempts: [AttemptRecord], keepingRejected keeps: Bool,
    strippingLogprobs strips: Bool = false
  ) {
    stripsLogprobs = strips
    if !keeps { held.removeAll() }
    current = attempts.count - 1
    self.attempts = attempts
    held[current] = Held(order: order)
  }

  /// Takes the chunks of the call under way, in order; ``room()`` is to be asked before the next.
  func take(_ chunks: some Sequence<ChatChunk>) throws(CallerGone) {
    var wanted = chunks.filter { !$0.saysOnlyUsage }
    if stripsLogprobs { for index in wanted.indices { wanted[index].stripLogprobs() } }
    guard !wanted.isEmpty else { return }
    if hasBegun {
      try sink.send(wanted)
      return
    }
    held[current]?.chunks += wanted
    if held[current]?.order.passesThrough == true, wanted.contains(where: \.hasSubstance) {
      try begin(.ungated)
    }
  }

  /// Returns when the caller has read enough of what was taken for more to be taken.
  func room() async throws(CallerGone) {
    if hasBegun { try await sink.room() }
  }

  /// Lets the answer under way out, and all that follows of it.
  func begin(_ commit: CommitPoint) throws(CallerGone) {
    try begin(current, commit)
  }

  /// The climb is over: lets the answer out that it returns, if it has not gone out already.
  func end(_ outcome: LadderOutcome) {
    guard !hasBegun, case .answered(_, let attempt, let isAccepted) = outcome.ending else { return }
    attempts = outcome.attempts
    let isGated = held[attempt].map { !$0.order.passesThrough } ?? true
    let commit: CommitPoint = isAccepted ? (isGated ? .accepted : .ungated) : .exhausted
    // Nobody is there to hear of it; what it cost is known already.
    do { try begin(attempt, commit) } catch {}
  }

  private func begin(_ attempt: Int, _ commit: CommitPoint) throws(CallerGone) {
    guard !hasBegun, let answer = held[attempt] else { return }
    held.removeAll()
    try sink.begin(AnswerStart(order: answer.order, commit: commit, attempts: attempts))
    committed = commit
    if !answer.chunks.isEmpty { try sink.send(answer.chunks) }
  }
}

extension ChatChunk {
  /// Whether it brings more than the role of the speaker.
  var hasSubstance: Bool { choices.contains(where: \.hasSubstance) }
}

extension ChatChunk.Delta {
  fileprivate var hasSubstance: Bool {
    [text, refusal, reasoning].contains { $0?.isEmpty == false } || !toolCalls.isEmpty
      || finish != nil
  }
}
