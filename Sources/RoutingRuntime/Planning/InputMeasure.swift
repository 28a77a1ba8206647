package import PolicyGraph
package import PolicySemantics
package import TokenEstimates

/// How long a request's texts are, measured when a plan first asks.
package struct InputMeasure: Sendable {
  private let messages: [RequestInput.Message]
  /// The last user message.
  private let question: Int?
  /// Bytes billed beside the texts: tool definitions, the response format.
  private let definitions: Int64
  private let hasTools: Bool
  /// Whether the definitions are taken out again: then they count in the bound alone.
  private let dropsTools: Bool
  /// What stands for the texts where there are none.
  let given: GivenSizes?
  /// What they measured, for a request that was recorded.
  private let recorded: RecordedSizes?
  /// What each message's text counts; nothing before a plan asks.
  private var counts: [TextCounts] = []

  package init(_ request: borrowing RequestInput, dropsTools: Bool) {
    messages = request.messages
    question = request.messages.lastIndex { $0.role == .user }
    definitions = max(0, request.schemaBytes)
    hasTools = !request.toolNames.isEmpty
    self.dropsTools = dropsTools
    given = nil
    recorded = nil
  }

  /// Texts that were measured when the request was recorded.
  package init(recorded: RecordedSizes, dropsTools: Bool) {
    messages = []
    question = nil
    definitions = recorded.definitions
    hasTools = recorded.hasTools
    self.dropsTools = dropsTools
    given = nil
    self.recorded = recorded
  }

  /// Sizes without texts: planning reads them as if it had measured them.
  package init(given: GivenSizes) {
    messages = []
    question = nil
    definitions = 0
    hasTools = false
    dropsTools = false
    self.given = given
    recorded = nil
  }

  /// The parts of what a model of this family reads, before the route changes it.
  ///
  /// O(bytes of the texts) for the first family, O(messages) for the others.
  package mutating func parts(_ tokenizer: TokenizerFamily) -> InputParts {
    let family = TokenFamily(tokenizer)
    if counts.isEmpty { counts = messages.map { TextCounts($0.text.utf8.span) } }
    let count = recorded.map { Int(clamping: $0.messages) } ?? messages.count
    var parts = InputParts(envelope: TokenEstimate(messages: count, family: family))
    recorded?.add(to: &parts, tokenizer)
    for index in messages.indices {
      let text = TokenEstimate(counts[index], family: family)
      switch messages[index].role {
      case .system, .developer: parts.system += text
      case .user, .assistant, .tool:
        if index == question { parts.question += text } else { parts.context += text }
      }
    }
    if definitions > 0 || hasTools {
      var estimate = TokenEstimate(
        definitionBytes: definitions, hasTools: hasTools, family: family)
      if dropsTools { (estimate.low, estimate.expected) = (0, 0) }
      parts.envelope += estimate
    }
    return parts
  }

  /// UTF-8 bytes of a text.
  package func bytes(of part: TextPart) -> Int64 {
    if let given { return given.bytes[part] ?? 0 }
    if let recorded { return recorded.bytes(of: part) }
    var bytes: Int64 = 0
    for index in messages.indices
    where part.holds(messages[index].role, isQuestion: index == question) {
      bytes += Int64(messages[index].text.utf8.count)
    }
    return bytes
  }

  /// UTF-8 bytes of a text as one, with what stands between its messages.
  ///
  /// A record knows how many messages there were, not of which part, so all of them count.
  package func joinedBytes(of part: TextPart) -> Int64 {
    guard part != .question else { return bytes(of: part) }
    let count = recorded?.messages ?? Int64(messages.count)
    // A blank line: two bytes.
    return Saturated.sum(bytes(of: part), Saturated.product(max(0, count - 1), 2))
  }
}

/// A request's tokens by the part of it they come from.
package struct InputParts: Sendable {
  /// Roles, marks, tool definitions.
  package var envelope: TokenEstimate
  package var system = TokenEstimate.zero
  package var question = TokenEstimate.zero
  package var context = TokenEstimate.zero

  package var total: TokenEstimate { envelope + system + question + context }
}

/// Sums and products that stop at the largest number: a bound that is too large stays too large.
enum Saturated {
  static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }

  static func difference(_ a: Int64, _ b: Int64) -> Int64 {
    let (difference, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? (a < 0 ? .min : .max) : difference
  }

  static func product(_ a: Int64, _ b: Int64) -> Int64 {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }
}
