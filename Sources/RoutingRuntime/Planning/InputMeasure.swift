package import PolicyGraph
package import PolicySemantics
package import PolicyUnits

/// How long a request's texts are, measured once for all calls of a plan.
package struct InputMeasure: Sendable {
  /// UTF-8 bytes of all messages.
  package private(set) var prompt: Int64 = 0
  package private(set) var system: Int64 = 0
  package private(set) var question: Int64 = 0
  package private(set) var messages: Int64 = 0
  /// Bytes billed beside the texts: tool definitions, the response format.
  package private(set) var schema: Int64 = 0

  /// Tokens a chat template may put around one message, at most.
  package static let messageOverhead: Int64 = 16

  package init(_ request: borrowing RequestInput) {
    var lastUser = 0
    for index in request.messages.indices {
      let bytes = Int64(request.messages[index].text.utf8.count)
      prompt += bytes
      switch request.messages[index].role {
      case .system, .developer: system += bytes
      case .user: lastUser = index
      case .assistant, .tool: continue
      }
    }
    if request.messages.indices.contains(lastUser) {
      question = Int64(request.messages[lastUser].text.utf8.count)
    }
    messages = Int64(request.messages.count)
    schema = max(0, request.schemaBytes)
  }

  package var context: Int64 { max(0, prompt - system - question) }

  /// What a model of this family reads, after the route's changes of the system text.
  package func tokens(_ family: TokenizerFamily, _ edit: SystemLength) -> TokenInterval {
    let kept = edit.replaces ? prompt - system : prompt
    let bytes = Saturated.sum(kept, edit.addedBytes)
    let overhead = Saturated.product(messages + 1, Self.messageOverhead)
    return TokenInterval(
      low: bytes / 8, high: Saturated.sum(bytes / 2, schema / 2),
      bound: Saturated.sum(Saturated.sum(bytes, schema), overhead))
  }
}

/// Sums and products that stop at the largest number: a bound that is too large stays too large.
enum Saturated {
  static func sum(_ a: Int64, _ b: Int64) -> Int64 {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }

  static func product(_ a: Int64, _ b: Int64) -> Int64 {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? .max : product
  }
}
