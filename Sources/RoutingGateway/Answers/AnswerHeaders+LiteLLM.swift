import HTTPTypes
import PolicyUnits
import RoutingCalls
import RoutingRuntime

// The names that dashboards and scripts made for LiteLLM's proxy read.
extension AnswerHeaders {
  /// Of a request that ran to its end.
  ///
  /// A cost is only there where it is exact: under that name a bound would be taken for one.
  func addLiteLLM(
    _ record: RunRecord, request: String, asked model: String, to fields: inout HTTPFields
  ) {
    func set(_ part: String, _ value: String) {
      if let name = HTTPField.Name("x-litellm-\(part)") { fields[name] = value }
    }
    let called = record.outcome.attempts.filter(\.wasCalled)
    set("call-id", request)
    set("model-group", model)
    if let served = self.model(record) { set("model-id", served) }
    if case .exact(let money) = record.outcome.cost { set("response-cost", Amounts.plain(money)) }
    set("attempted-retries", String(called.count { $0.attempt > 1 }))
    set("attempted-fallbacks", String(Self.fallbacks(called)))
    set("response-duration-ms", String(record.elapsed.count))
  }
}
