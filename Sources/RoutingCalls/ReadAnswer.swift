import OpenAIWire

/// An answer that could be read, or as much of it as came.
struct ReadAnswer: Sendable {
  let response: ChatResponse
  let status: Int
  /// What was written, where the answer does not hold it itself.
  private let counted: AnswerTally?

  init(response: ChatResponse, status: Int, counted: AnswerTally? = nil) {
    self.response = response
    self.status = status
    self.counted = counted
  }

  /// How much was written.
  var written: AnswerTally { counted ?? AnswerTally(response) }

  /// Whether the first choice has content.
  var hasText: Bool { counted?.hasText ?? !response.text.isEmpty }
}
