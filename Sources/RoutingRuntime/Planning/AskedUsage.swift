import PolicyUnits

/// What a call of a gate is taken to be sent and to answer, where nobody has counted it yet.
///
/// One rule for plans, for replays and for what is said of ladders, so that a row costs the same in all.
package enum GateText: Hashable, Sendable {
  /// A judge: so many bytes of its own, the question, and the answer as far as it is shown to one.
  case question(ownBytes: Int64)
  /// A second opinion: the request itself.
  case request
  /// Examples: the answer alone, as far as it is looked at.
  case answer

  package init(_ skeleton: CallSkeleton) {
    self.init(skeleton.step.target, promptBytes: skeleton.promptBytes)
  }

  /// `promptBytes` is nil for what is sent the request itself.
  package init(_ target: CallTarget, promptBytes: Int64?) {
    if case .embedder = target {
      self = .answer
    } else {
      self = promptBytes.map { .question(ownBytes: $0) } ?? .request
    }
  }

  package enum Kind: Hashable, Sendable, CaseIterable {
    case judge, opinion, examples
  }

  package var kind: Kind {
    switch self {
    case .question: .judge
    case .request: .opinion
    case .answer: .examples
    }
  }

  /// Bytes of a token where a text is only known by its length.
  package static let bytesPerToken: Int64 = 4
  /// Tokens of an answer that are shown, at most.
  package static let shownAnswer = PromptBytes.judgedAnswer / bytesPerToken

  /// The tokens of a call, of which at most `cap` are answered; nil bounds nothing.
  package func usage(of asked: AskedTokens, cap: Int64?) -> Usage {
    let shown = min(max(0, asked.answer), Self.shownAnswer)
    return switch self {
    // It gives a number, perhaps after a thought: all that it may have counts.
    case .question(let bytes):
      Usage(
        input: Saturated.sum(bytes / Self.bytesPerToken, Saturated.sum(asked.question, shown)),
        output: cap ?? PromptBytes.judgeOutput)
    case .request: Usage(input: asked.prompt, output: min(cap ?? .max, max(0, asked.answer)))
    case .answer: Usage(input: shown, output: 0)
    }
  }
}

/// How long the texts are that gates ask about, in tokens.
package struct AskedTokens: Sendable {
  package let prompt: Int64
  /// The last user turn; no more than the prompt.
  package let question: Int64
  package let answer: Int64

  /// `questionBytes` is nil where nobody knows how much of the prompt the question is: then all of it.
  package init(prompt: Int64, questionBytes: Int64?, answer: Int64) {
    self.prompt = prompt
    question = min(prompt, questionBytes.map { $0 / GateText.bytesPerToken } ?? prompt)
    self.answer = answer
  }
}
