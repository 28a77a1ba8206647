/// What a provider adds around the texts of a request.
///
/// Sources: OpenAI's cookbook, "How to count tokens with tiktoken" (three tokens a message, one for
/// its role, three to begin the answer); the published chat templates of Llama 3 (up to 35 tokens
/// before the first message, five a message), Qwen, Mistral and DeepSeek; Anthropic's "Tool use:
/// pricing" (at most 530 tokens with tools) and its recorded answers (28 more when it may think);
/// recorded answers of Cohere (up to 1,700 with tools) for providers of no known family.
extension TokenEstimate {
  /// The roles and marks around messages, and what begins the answer.
  ///
  /// A message of several text parts counts once; names of speakers are text of their own.
  package init(messages: Int, family: TokenFamily) {
    let count = min(max(0, Int64(messages)), 1 << 32)
    let envelope = Envelope.of(family)
    self.init(
      low: envelope.request.low + count * envelope.message.low,
      expected: envelope.request.expected + count * envelope.message.expected,
      high: envelope.request.high + count * envelope.message.high,
      bound: envelope.request.bound + count * envelope.message.bound)
  }

  /// Tool definitions and a response format, by the bytes of their JSON; providers spell them their
  /// own way before the model sees them.
  package init(definitionBytes: Int64, hasTools: Bool, family: TokenFamily) {
    let bytes = min(max(0, definitionBytes), .max - 64)
    let preamble = hasTools ? Envelope.of(family).tools : .zero
    let definitions = TokenEstimate(
      low: bytes / 12, expected: bytes / 5, high: bytes / 2 + (bytes > 0 ? 60 : 0),
      // A schema is announced with a few words of the provider's own.
      bound: bytes + (bytes > 0 ? 64 : 0))
    self = definitions + preamble
  }
}

private struct Envelope {
  /// Once for a request.
  var request: TokenEstimate
  /// For each message.
  var message: TokenEstimate
  /// Once if there are tools.
  var tools: TokenEstimate

  static func of(_ family: TokenFamily) -> Envelope {
    switch family {
    case .openAI:
      Envelope(
        request: TokenEstimate(low: 2, expected: 3, high: 4, bound: 8),
        message: TokenEstimate(low: 3, expected: 4, high: 5, bound: 6),
        tools: TokenEstimate(low: 0, expected: 12, high: 30, bound: 64))
    case .qwen, .deepseek, .mistral, .gemini:
      Envelope(
        request: TokenEstimate(low: 1, expected: 4, high: 20, bound: 40),
        message: TokenEstimate(low: 1, expected: 4, high: 6, bound: 8),
        tools: TokenEstimate(low: 0, expected: 60, high: 200, bound: 400))
    case .llama:
      Envelope(
        request: TokenEstimate(low: 1, expected: 5, high: 40, bound: 48),
        message: TokenEstimate(low: 2, expected: 5, high: 6, bound: 8),
        tools: TokenEstimate(low: 0, expected: 60, high: 200, bound: 400))
    case .claude:
      Envelope(
        request: TokenEstimate(low: 1, expected: 4, high: 48, bound: 64),
        message: TokenEstimate(low: 2, expected: 4, high: 6, bound: 8),
        tools: TokenEstimate(low: 200, expected: 340, high: 530, bound: 600))
    case .generic:
      Envelope(
        request: TokenEstimate(low: 0, expected: 4, high: 64, bound: 80),
        message: TokenEstimate(low: 1, expected: 4, high: 8, bound: 10),
        tools: TokenEstimate(low: 0, expected: 100, high: 1_700, bound: 2_000))
    }
  }
}
