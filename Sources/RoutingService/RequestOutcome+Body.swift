import OpenAIWire
import RoutingBudgets
import RoutingCalls
import RoutingLedger

extension RequestOutcome {
  /// The body of a whole chat answer as its caller has it, the same however often it is given; nil if
  /// there is none.
  package var body: [UInt8]? {
    switch ending {
    case .called(_, let record):
      record.answer.map { $0.body(as: Self.name(of: $0, id, served: entry.modelServed)) }
    case .cached(_, let hit):
      hit.response.body(as: Self.name(of: hit.response, id, served: hit.model))
    case .repeated(let answer, _): answer.isAnswer ? answer.body : nil
    case .notCalled, .full, .unfit, .cancelled: nil
    }
  }

  /// What an answer is called; `served` is the catalog's name of the model.
  static func name(of answer: ChatResponse, _ id: RequestID, served: String?) -> AnswerName {
    AnswerName(id: "chatcmpl-\(id)", model: served ?? answer.model ?? "")
  }
}
