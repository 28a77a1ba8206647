package import PolicySemantics
package import PolicyUnits

/// What the world tells a ladder.
///
/// Indirect: what it brings is large, and every function it is handed through would hold it again.
package indirect enum LadderEvent: Sendable {
  /// The call in flight came back with an answer.
  case answered(AnswerFacts)
  /// The call in flight gave no answer.
  case failed(CallFault)
  /// The gate asked about has spoken; `billed` is what asking cost and `tokens` what it used, nil if
  /// that is not known; `isBound` where they are the most it may have been.
  case gate(GateResult, billed: Money?, tokens: Int64? = nil, isBound: Bool = false)
  /// The ladder's time is up while a call or a gate is under way.
  case timeUp(Billing)
  /// The caller has gone.
  case cancelled(Billing)
}

/// An answer, as far as routing looks at it.
package struct AnswerFacts: Sendable {
  package var text: String
  package var finish: FinishReason?
  /// The provider's figures; nil if it gave none.
  package var usage: Usage?
  /// What it used at most, where the provider gave no figures; nil if only what was set aside bounds
  /// it.
  package var bound: Usage?
  /// What it is counted at, where it was one of the answers of a call that others share.
  package var share: CallBill?
  package var latency: Milliseconds
  package var callsTools: Bool
  /// The other answers of the same call, where several were asked for; gates hold for each of them.
  package var others: [AnswerFacts] = []
  /// Of each token of the text, the natural logarithm of its probability in millionths; empty if the
  /// provider gave none.
  package var logprobs: [Int64]

  package init(
    text: String, finish: FinishReason? = .stop, usage: Usage? = nil, bound: Usage? = nil,
    latency: Milliseconds = Milliseconds(0), callsTools: Bool = false, logprobs: [Int64] = []
  ) {
    self.text = text
    self.finish = finish
    self.usage = usage
    self.bound = bound
    self.latency = latency
    self.callsTools = callsTools
    self.logprobs = logprobs
  }
}

/// Why a call gave no answer, and what may follow.
package struct CallFault: Sendable {
  package var failure: CallFailure
  package var billing: Billing
  /// Bytes of an answer have reached the caller: nothing else may be tried.
  package var afterFirstByte: Bool
  /// False after silence: the same call is not tried again.
  package var isRepeatable: Bool
  /// False if nothing left: no place may be called now, or none can be.
  package var wasSent = true
  /// A call that others share had no answer for this request: it is asked alone at once, and that is
  /// its first try.
  package var isOfBatch = false
  /// What the provider asked to wait.
  package var retryAfter: Milliseconds?
  package var latency: Milliseconds

  package init(
    _ failure: CallFailure, billing: Billing = .unknown, afterFirstByte: Bool = false,
    isRepeatable: Bool = true, retryAfter: Milliseconds? = nil,
    latency: Milliseconds = Milliseconds(0)
  ) {
    self.failure = failure
    self.billing = billing
    self.afterFirstByte = afterFirstByte
    self.isRepeatable = isRepeatable
    self.retryAfter = retryAfter
    self.latency = latency
  }
}

/// What is known of the bill of a call without an answer.
package enum Billing: Hashable, Sendable {
  /// It never reached the provider, or the provider says so.
  case nothing
  case usage(Usage)
  /// Not more than this, which the provider did not count.
  case atMost(Usage)
  /// A part of the bill of a call that others share, settled already.
  case share(CallBill)
  /// Counted at all that was set aside, never at zero.
  case unknown
}

/// What a gate says of an answer.
package enum GateResult: Hashable, Sendable {
  case verdict(Bool)
  case score(Score)
  /// It could not tell: its judge did not answer, or may not be asked.
  case failed
}
