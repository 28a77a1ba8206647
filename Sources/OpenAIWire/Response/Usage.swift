/// What an answer used, as its provider counted: whole figures.
///
/// Providers count what came from their cache, what was written to it and what was reasoning within
/// the prompt and the completion, or beside them. A total tells; where there is none, whoever knows
/// the provider does, so a part may be larger here than its whole.
package struct Usage: Hashable, Sendable {
  package var prompt: Int64
  /// Includes the reasoning tokens.
  package var completion: Int64
  /// Of the prompt, read from the provider's cache.
  package var cached: Int64
  /// Of the prompt, written to the provider's cache to be kept for minutes.
  package var cacheWritten: Int64
  /// Of the prompt, written to the provider's cache to be kept for an hour or longer.
  package var cacheWrittenLong: Int64
  /// Of the completion.
  package var reasoning: Int64

  /// The provider counted reasoning beside the completion, as its total told; it has been added.
  package internal(set) var addedReasoning: Bool
  /// The provider counted the tokens of its cache beside the prompt; they have been added.
  package internal(set) var addedCached: Bool

  package var total: Int64 { prompt + completion }

  /// Everything that was read from a cache or written to one.
  package var cacheTraffic: Int64 { cached + cacheWritten + cacheWrittenLong }

  package init(
    prompt: Int64, completion: Int64, cached: Int64 = 0, cacheWritten: Int64 = 0,
    cacheWrittenLong: Int64 = 0, reasoning: Int64 = 0, addedReasoning: Bool = false,
    addedCached: Bool = false
  ) {
    self.prompt = prompt
    self.completion = completion
    self.cached = cached
    self.cacheWritten = cacheWritten
    self.cacheWrittenLong = cacheWrittenLong
    self.reasoning = reasoning
    self.addedReasoning = addedReasoning
    self.addedCached = addedCached
  }

  /// The most tokens a figure may name: far above every window, far below an overflow.
  package static let limit: Int64 = 1 << 40
}

/// Why there is no usage to trust.
package enum UsageProblem: Hashable, Sendable {
  case absent
  /// The field that should be there.
  case incomplete(String)
  case notAnInteger(String)
  case negative(String)
  case tooLarge(String)
  /// The parts do not add up, in words.
  case inconsistent(String)

  package var message: String {
    switch self {
    case .absent: "the answer has no usage"
    case .incomplete(let field): "the usage has no `\(field)`"
    case .notAnInteger(let field): "`\(field)` of the usage is no whole number"
    case .negative(let field): "`\(field)` of the usage is negative"
    case .tooLarge(let field): "`\(field)` of the usage is beyond belief"
    case .inconsistent(let words): "the usage does not add up: \(words)"
    }
  }
}
