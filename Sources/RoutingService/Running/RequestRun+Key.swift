import OpenAIWire
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingLedger
import RoutingRuntime

// The same key, caller and body: the same answer, paid for once.
//
// What is kept under a key is the first request's answer; where it had none but may have been billed,
// it is that failure, because asking again would pay again. A request that was refused or cost nothing
// frees its key, so that trying again is a try.
extension RequestRun {
  /// Nil if this request is the first with its key.
  func claim(
    _ key: String, in ledger: Ledger
  ) async throws(RequestFailure) -> RequestOutcome? {
    let claim: IdempotencyClaim
    do throws(LedgerFailure) {
      claim = try await ledger.claim(
        IdempotencyRecord.Key(owner: request.asked.keyOwner, text: key), body: request.body,
        request: request.id,
        expiry: request.time.after(service.settings.keyLife))
    } catch .cancelled {
      return try await cancelled()
    } catch {
      throw RequestFailure(id: request.id, description: error.description)
    }
    switch claim {
    case .first: return nil
    case .answered(let answer, let first): return try await `repeat`(answer, of: first)
    case .otherBody: return try await refuse(.keyOfAnotherBody)
    case .lost: return try await refuse(.keyLost)
    }
  }

  /// What the key stands for from now on; nil frees it.
  func answer(_ record: RunRecord) -> IdempotencyAnswer? {
    guard request.asked.idempotencyKey != nil else { return nil }
    if let answer = record.answer {
      let model = record.outcome.answering?.model.map { service.maker.policy[$0].name }
      let name = RequestOutcome.name(of: answer, request.id, served: model)
      return IdempotencyAnswer(status: IdempotencyAnswer.answered, body: answer.body(as: name))
    }
    guard record.outcome.cost != .nothing else { return nil }
    let error = ErrorResponse(
      message:
        "the first request with this idempotency key got no answer and may have been billed: "
        + "to ask again, send a new key (request \(request.id))",
      type: "upstream_error", code: "idempotent_failure")
    return IdempotencyAnswer(status: IdempotencyAnswer.failed, body: error.body)
  }
}

extension IdempotencyAnswer {
  static let answered = 200
  static let failed = 502

  /// Whether it is an answer, and not why there was none.
  package var isAnswer: Bool { status == Self.answered }
}

extension Timestamp {
  func after(_ milliseconds: Int64) -> Timestamp {
    let (sum, isTooLate) = self.milliseconds.addingReportingOverflow(milliseconds)
    return Timestamp(milliseconds: isTooLate ? .max : sum)
  }
}
