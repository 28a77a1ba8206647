package import OpenAIWire
package import RoutingRuntime

/// Where an answer goes as it comes; given only for a caller who streams.
///
/// The usage and the end of the stream are not sent here: whoever serves writes them once the row of
/// the request is committed.
package protocol AnswerSink: Sendable {
  /// Called once, right before the first chunk goes out: from here on no climb, no fallback and no
  /// retry.
  func begin(_ start: AnswerStart) throws(CallerGone)

  /// Chunks in the order they came; the sink keeps of them what it has yet to write, and nobody else
  /// keeps anything while a caller reads slowly.
  func send(_ chunks: [ChatChunk]) throws(CallerGone)

  /// Returns when there is room for more.
  func room() async throws(CallerGone)
}

/// What is known of an answer when its first byte may go out.
package struct AnswerStart: Sendable {
  /// The call that answers.
  package let order: CallOrder
  package let commit: CommitPoint
  /// Everything tried so far, the answering call included.
  package let attempts: [AttemptRecord]

  package init(order: CallOrder, commit: CommitPoint, attempts: [AttemptRecord]) {
    self.order = order
    self.commit = commit
    self.attempts = attempts
  }
}

/// Why an answer may go out.
package enum CommitPoint: String, Hashable, Sendable {
  /// No gate stands before it.
  case ungated
  /// Every gate has accepted, and no later text can change that.
  case early
  /// Every gate has accepted the whole answer.
  case accepted
  /// No gate accepted, and the ladder returns its best or last answer.
  case exhausted
}

/// The caller has closed the connection.
package struct CallerGone: Error, Hashable, Sendable {
  package init() {}
}
