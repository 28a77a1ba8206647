/// Makes the context of a request shorter.
///
/// A pure value: the same messages give the same result, on every machine. What comes out has been
/// held against what went in by ``SpanCheck``, which shares no code with the transforms here.
package struct ContextCompressor: Hashable, Sendable {
  package let method: Method

  package enum Method: Hashable, Sendable {
    /// Nothing is lost: white space, compact JSON, HTML as text, paragraphs that stand there twice.
    case lossless
    /// Sentences and blocks that the question does not need are dropped until the size is met.
    case extractive(TargetSize)
  }

  package init(_ method: Method) {
    self.method = method
  }

  /// The messages after compression, or as they were with the reason; linear in the bytes but for
  /// the sorting of the units.
  package func compress(_ messages: [ContextMessage]) -> CompressedContext {
    let made = draft(messages)
    guard made.outcome == .compressed else { return made }
    if let problem = SpanCheck.problem(in: made, of: messages) {
      return ContextSource(messages).unchanged(.checkFailed(problem))
    }
    return made
  }

  /// The messages as they were given, with what is protected of them.
  package static func untouched(_ messages: [ContextMessage]) -> CompressedContext {
    let source = ContextSource(messages)
    return source.unchanged(source.texts.isEmpty ? .nothingToCompress : .nothingSaved)
  }

  /// What is made before it is checked.
  func draft(_ messages: [ContextMessage]) -> CompressedContext {
    let source = ContextSource(messages)
    switch method {
    case .lossless: return source.context(of: LosslessWriting.texts(of: source))
    case .extractive(let size):
      guard let texts = Extraction.texts(of: source, to: size) else {
        return source.unchanged(source.texts.isEmpty ? .nothingToCompress : .noGround)
      }
      return source.context(of: texts)
    }
  }
}
