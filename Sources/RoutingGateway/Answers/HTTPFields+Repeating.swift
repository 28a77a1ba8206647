import HTTPTypes
import RoutingLedger
import RoutingService

extension HTTPFields {
  /// Of what an idempotency key stands for: an answer, or why there was none.
  ///
  /// A failure under a key stays that failure: clients that try again by themselves are told so.
  static func repeating(_ kept: IdempotencyAnswer, under version: String) -> HTTPFields {
    var fields: HTTPFields = [.rungPolicy: version, .rungCache: "repeated"]
    if !kept.isAnswer { fields[.shouldRetry] = "false" }
    return fields
  }
}
