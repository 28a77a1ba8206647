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
    var head: [RequestDraft.Message] = []
    if let system = text(.system) { head.append(.init(role: .system, text: system)) }
    let question = text(.question)
    let asks = question != nil || demand.turns.lowerBound > 0 || demand.turns.upperBound > 0
    var turns: Int64 = asks ? 1 : 0
    if let context = text(.context) {
      // What came before is an earlier turn, unless there must be none.
      let isTurn = asks && demand.turns.upperBound >= 2
      head.append(.init(role: isTurn ? .user : .assistant, text: context))
      if isTurn { turns += 1 }
    }
    let missingTurns = max(0, demand.turns.lowerBound - turns)
    let count = Int64(head.count) + (asks ? 1 : 0) + missingTurns
    let missing = max(0, demand.messages.lowerBound - count)
    guard missingTurns <= RequestBuilder.mostItems, missing <= RequestBuilder.mostItems,
      turns + missingTurns <= demand.turns.upperBound,
      count + missing <= demand.messages.upperBound
    else { throw failure(demand.levels(around: .prompt)) }
    head += (0..<missingTurns).map { _ in .init(role: .user, text: "") }
    head += (0..<missing).map { _ in .init(role: .assistant, text: "") }
    if asks { head.append(.init(role: .user, text: question ?? "")) }
    return head
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
