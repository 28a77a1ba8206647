/// How many tokens something has: an interval, a best guess, and a bound.
///
/// Nobody but the provider can count its tokens, so nothing here is a count. The truth is meant to
/// lie within `low...high` for text as people write it; it never lies above `bound`.
package struct TokenEstimate: Hashable, Sendable {
  package var low: Int64
  package var expected: Int64
  package var high: Int64
  /// Never below the truth: see ``TokenFamily`` for what that rests on.
  package var bound: Int64

  package init(low: Int64, expected: Int64, high: Int64, bound: Int64) {
    self.low = low
    self.expected = expected
    self.high = high
    self.bound = bound
  }

  package static let zero = TokenEstimate(low: 0, expected: 0, high: 0, bound: 0)

  /// Clamped at `Int64.max`.
  package static func + (a: TokenEstimate, b: TokenEstimate) -> TokenEstimate {
    TokenEstimate(
      low: clampedSum(a.low, b.low), expected: clampedSum(a.expected, b.expected),
      high: clampedSum(a.high, b.high), bound: clampedSum(a.bound, b.bound))
  }

  package static func += (a: inout TokenEstimate, b: TokenEstimate) { a = a + b }

  private static func clampedSum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}

/// How a family of models cuts text into tokens.
///
/// The bound of a text is its UTF-8 bytes. A byte-level BPE (OpenAI, Qwen, DeepSeek, Llama 3) makes
/// at most one token of each byte; so does a SentencePiece vocabulary with byte fallback and no
/// normalisation (Llama 2, Mistral, Gemma), but for one token in front of a text, which the bound
/// of a message holds. Claude's vocabulary is not published; it is taken to be like these.
package enum TokenFamily: String, Hashable, Sendable, CaseIterable {
  case openAI = "openai"
  case qwen, deepseek, claude, gemini, llama, mistral
  case generic
}
