import PolicyGraph
import PolicySemantics
import TextPatterns

extension TextComposer {
  /// The texts as messages, as many as wanted.
  ///
  /// Messages that only count stand before the question and have no text, so that they change none.
  func arranged(
    _ texts: [TextPart: [UInt8]], _ attempt: Attempt
  ) throws(RequestBuilder.Failure) -> [RequestDraft.Message] {
    let demand = attempt.demand
    func text(_ part: TextPart) -> String? {
      texts[part].flatMap { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    }
    let question = text(.question)
    let asks = question != nil || demand.turns.upperBound > 0
    var turns: Int64 = asks ? 1 : 0
    var messages: [RequestDraft.Message] = []
    for part in attempt.order {
      if part == .question {
        if asks { messages.append(.init(role: .user, text: question ?? "")) }
        continue
      }
      guard let text = text(part) else { continue }
      guard part == .context else {
        messages.append(.init(role: .system, text: text))
        continue
      }
      // What came before is an earlier turn, unless there must be none.
      let isTurn = asks && demand.turns.upperBound >= 2 && attempt.order.last == .question
      messages.append(.init(role: isTurn ? .user : .assistant, text: text))
      if isTurn { turns += 1 }
    }
    let missingTurns = max(0, demand.turns.lowerBound - turns)
    let count = Int64(messages.count) + missingTurns
    let missing = max(0, demand.messages.lowerBound - count)
    guard missingTurns <= RequestBuilder.mostItems, missing <= RequestBuilder.mostItems,
      turns + missingTurns <= demand.turns.upperBound,
      count + missing <= demand.messages.upperBound
    else { throw failure(demand.levels(around: .prompt)) }
    let silent =
      (0..<missingTurns).map { _ in RequestDraft.Message(role: .user, text: "") }
      + (0..<missing).map { _ in RequestDraft.Message(role: .assistant, text: "") }
    // Behind the system text, where a reader expects it; what has no text changes none.
    let start = messages.first?.role == .system ? 1 : 0
    messages.insert(contentsOf: silent, at: start)
    return messages
  }
}

extension TextDemand.Language {
  func isMet(by question: [UInt8]) -> Bool {
    let found = TextLanguage.code(of: question.span)
    return switch self {
    case .code(let code): found == code
    case .except(let codes): !codes.contains(found)
    }
  }
}
