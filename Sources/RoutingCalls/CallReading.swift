import HTTPUpstream
import OpenAIWire
import PolicySemantics
import PolicyUnits
import RoutingCatalog
import RoutingHealth
import RoutingRequests
import RoutingRuntime

/// What came of one call, in the terms of the ladder; used by one task.
///
/// A class: it is large, and every function that waits would hold room for it in its frame.
final class CallReading {
  var event: LadderEvent
  var record: CallRecord
  /// What it says of its deployment.
  let end: CallEnd
  /// Where it may be tried again.
  let again: CallAgain

  init(
    event: LadderEvent, record: CallRecord, end: CallEnd = .notSent, again: CallAgain = .nowhere
  ) {
    self.event = event
    self.record = record
    self.end = end
    self.again = again
  }
}

/// Turns what the wire says about one call into what the ladder hears of it.
struct CallReader {
  let deployment: UpstreamDeployment
  let provider: Provider
  let planned: Int
  /// The key the call was made with: a provider may repeat it in an error.
  let key: Secret?
  var estimate = CallEstimate.none

  func answered(_ answer: ReadAnswer, latency: Milliseconds) -> CallReading {
    let response = answer.response
    var facts = AnswerFacts(response.choices.first ?? ChatResponse.Choice())
    facts.usage = usage(of: answer).flatMap { RoutingRuntime.Usage($0, provider.usage) }
    facts.latency = latency
    facts.others = response.choices.dropFirst().map(AnswerFacts.init)
    var record = record(response: response, problem: nil, status: answer.status, latency)
    record.usage = usage(of: answer)
    record.counted = facts.usage
    record.usageProblem = usageProblem(of: answer)
    if facts.usage == nil { record.estimate = estimate.usage(of: answer.written) }
    return CallReading(event: .answered(facts), record: record, end: .answered(firstByte: nil))
  }

  func failed(_ failure: ProviderFailure, latency: Milliseconds) -> CallReading {
    let kind = CallFailure(failure.kind) ?? .unavailable
    let billing: Billing
    let counted = failure.usage.flatMap { RoutingRuntime.Usage($0, provider.usage) }
    if let counted {
      billing = .usage(counted)
    } else if let status = failure.status, Self.billNothing(status) {
      billing = .nothing
    } else {
      billing = .unknown
    }
    let fault = CallFault(
      kind, billing: billing, isRepeatable: failure.kind.isRepeatable,
      retryAfter: failure.retryAfter.map { Milliseconds($0) }, latency: latency)
    var record = record(
      response: nil, problem: words(failure), status: failure.status, latency)
    record.cause = CallCause(failure)
    record.usage = failure.usage
    record.counted = counted
    return CallReading(
      event: .failed(fault), record: record, end: CallEnd(failure), again: CallAgain(failure.kind))
  }

  /// Whether a whole answer with this status says that nothing was done, or nothing to be paid for.
  ///
  /// Providers bill answers, not errors. But 502, 504 and 520 to 527 are the words of a proxy before one,
  /// which knows nothing of what goes on behind it; a success that holds an error has begun to answer.
  private static func billNothing(_ status: Int) -> Bool {
    switch status {
    case 502, 504, 520...527: false
    case 300..<600: true
    default: false
    }
  }

  func failed(_ failure: UpstreamFailure, latency: Milliseconds) -> CallReading {
    var record = record(
      response: nil, problem: failure.description, status: nil, latency)
    record.cause = CallCause(failure)
    if failure == .cancelled {
      return CallReading(event: .cancelled(.unknown), record: record, end: .cancelled)
    }
    let again = CallAgain(failure)
    let fault = CallFault(
      .unavailable, billing: failure.reachedProvider ? .unknown : .nothing,
      isRepeatable: again == .anywhere, latency: latency)
    return CallReading(
      event: .failed(fault), record: record, end: CallEnd(failure), again: again)
  }

  /// An answer we ended ourselves, as far as it goes.
  func cut(
    _ answer: ReadAnswer, _ reason: EarlyEnd, latency: Milliseconds
  ) -> CallReading {
    let reading = answered(answer, latency: latency)
    reading.record.endedEarly = reason
    guard case .answered(var facts) = reading.event, facts.usage == nil else { return reading }
    facts.bound = bound(of: answer)
    reading.record.usageProblem = "the answer was ended before its figures came"
    reading.event = .answered(facts)
    return reading
  }

  /// A call nobody waits for any more, with what had come of its answer.
  func abandoned(_ soFar: ReadAnswer?, latency: Milliseconds) -> CallReading {
    var record = record(
      response: nil, problem: UpstreamFailure.cancelled.description, status: nil, latency)
    guard let soFar else {
      return CallReading(event: .cancelled(.unknown), record: record, end: .cancelled)
    }
    record.usage = usage(of: soFar)
    record.counted = record.usage.flatMap { RoutingRuntime.Usage($0, provider.usage) }
    if record.counted == nil { record.estimate = estimate.usage(of: soFar.written) }
    let billing =
      record.counted.map(Billing.usage) ?? bound(of: soFar).map(Billing.atMost) ?? .unknown
    return CallReading(event: .cancelled(billing), record: record, end: .cancelled)
  }

  /// The most an answer used that was cut off; nil unless its provider bills no more than it sent.
  private func bound(of soFar: ReadAnswer) -> RoutingRuntime.Usage? {
    provider.billsCancelled == .no ? estimate.bound(of: soFar.written) : nil
  }

  /// A call nobody waited for any more before it was sent.
  func cancelledBeforeSending() -> CallReading {
    CallReading(
      event: .cancelled(.nothing), record: unsent(UpstreamFailure.cancelled.description))
  }

  /// A call that could not even be tried.
  func refused(_ problem: String) -> CallReading {
    var record = unsent(problem)
    record.cause = .unsent
    return CallReading(
      event: .failed(CallFault(.unavailable, billing: .nothing, isRepeatable: false)),
      record: record)
  }

  /// A call that may not be made anywhere now.
  func held(_ refusal: NoCall, isRepeatable: Bool) -> CallReading {
    var fault = CallFault(
      refusal.reason.isLimit ? .limited : .unavailable, billing: .nothing,
      isRepeatable: isRepeatable, retryAfter: refusal.wait)
    fault.wasSent = false
    var record = unsent(refusal.description)
    record.held = refusal.reason
    record.cause = .held(refusal.reason, wait: refusal.wait)
    return CallReading(event: .failed(fault), record: record)
  }

  private func unsent(_ problem: String) -> CallRecord {
    var record = record(response: nil, problem: problem, status: nil, Milliseconds(0))
    record.wasSent = false
    return record
  }

  /// What the provider counted, if it can be true: no call reads nothing, no answer is free.
  private func usage(of answer: ReadAnswer) -> OpenAIWire.Usage? {
    answer.response.usage.flatMap { countsNothing($0, answer) ? nil : $0 }
  }

  private func usageProblem(of answer: ReadAnswer) -> String? {
    guard let usage = answer.response.usage else {
      return answer.response.usageProblem?.message
    }
    if countsNothing(usage, answer) { return "the usage counts no tokens" }
    return RoutingRuntime.Usage(usage, provider.usage) == nil
      ? "the usage does not add up: a part is larger than its whole" : nil
  }

  private func countsNothing(_ usage: OpenAIWire.Usage, _ answer: ReadAnswer) -> Bool {
    usage.prompt == 0 || (usage.completion == 0 && answer.hasText)
  }

  private func record(
    response: ChatResponse?, problem: String?, status: Int?, _ latency: Milliseconds
  ) -> CallRecord {
    CallRecord(
      provider: deployment.provider, upstream: deployment.upstream,
      region: deployment.region, planned: planned, response: response, problem: problem,
      status: status, latency: latency)
  }

  /// At most 200 characters on one line: a provider may say anything.
  private func words(_ failure: ProviderFailure) -> String {
    let message = key?.blankedOut(in: failure.message) ?? failure.message
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    let text = line.count > 200 ? "\(line.prefix(199))…" : line
    return failure.status.map { "\($0): \(text)" } ?? text
  }
}

extension UpstreamFailure {
  /// Whether the provider may have worked on the request, and may bill it.
  fileprivate var reachedProvider: Bool {
    switch self {
    case .libraryMissing, .noResources, .badRequest, .couldNotResolve, .couldNotConnect, .tls,
      .connectTimeout, .shutDown:
      false
    case .firstByteTimeout, .silenceTimeout, .wholeTimeout, .noAnswer, .reset, .truncated,
      .tooLarge, .badResponse, .cancelled:
      true
    }
  }
}

extension AnswerFacts {
  fileprivate init(_ choice: ChatResponse.Choice) {
    self.init(
      text: choice.text.isEmpty ? choice.refusal ?? "" : choice.text,
      finish: choice.finish.flatMap(PolicySemantics.FinishReason.init),
      callsTools: !choice.toolCalls.isEmpty, logprobs: choice.logprobs.map(\.millionths))
  }
}

extension PolicySemantics.FinishReason {
  /// Nil for a provider's own word: no test of `finish` names it.
  fileprivate init?(_ reason: OpenAIWire.FinishReason) {
    switch reason {
    case .stop: self = .stop
    case .length: self = .length
    case .toolCalls, .functionCall: self = .toolCalls
    case .contentFilter: self = .contentFilter
    case .other: return nil
    }
  }
}
