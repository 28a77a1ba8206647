import JSONReading
import OpenAIWire
import PolicyGraph
import PolicySource
package import RoutingBudgets
package import RoutingLedger

/// What an idempotency key stands for before a request is sent with it.
package enum KeyStanding: Hashable, Sendable {
  /// Nobody has used it, or whoever did was billed nothing.
  case free
  /// A request with it is under way in this process.
  case running(RequestID)
  /// The answer, or the failure, that is kept under it.
  case answered(IdempotencyAnswer, of: RequestID)
  /// It stands for another body.
  case otherBody(RequestID)
  /// Its request never ended, and may have been billed.
  case lost(RequestID)
}

extension RequestService {
  /// What the request's key stands for; free if it has none, or nothing is recorded.
  package func standing(of asked: AskedRequest) -> KeyStanding {
    guard let ledger, let text = asked.idempotencyKey else { return .free }
    let key = IdempotencyRecord.Key(owner: asked.keyOwner, text: text)
    guard let record = ledger.record(of: key) else { return .free }
    let body = StableHash.digest(of: asked.request.json.bytes).hex
    guard record.body == body else { return .otherBody(record.request) }
    switch record.state {
    case .running: return .running(record.request)
    case .lost: return .lost(record.request)
    case .answered(let status, let body):
      return .answered(IdempotencyAnswer(status: status, body: body), of: record.request)
    }
  }
}

extension AskedRequest {
  /// Whose key it is: the same text from two callers is two keys.
  ///
  /// Lengths keep the parts apart.
  var keyOwner: String {
    let parts = [input.tenant ?? input.key ?? "", input.key ?? ""]
    return parts.map { "\($0.utf8.count):\($0)" }.joined(separator: "/")
  }
}
