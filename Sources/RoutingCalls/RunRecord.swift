package import OpenAIWire
package import PolicyUnits
package import RoutingHealth
package import RoutingRuntime

/// What became of a request that was run.
package struct RunRecord: Sendable {
  /// How the climb ended, with every attempt, its verdict and its cost.
  package let outcome: LadderOutcome
  /// One for each attempt that was called, in the same order.
  package let calls: [CallRecord]
  package let elapsed: Milliseconds
  /// Why the answer went to a sink; nil if nothing did.
  package let committed: CommitPoint?
  /// What gates called, in order.
  package internal(set) var asides: [GateCall] = []

  /// What was called to ask classifiers, before there was anything to climb.
  package var before: [CallRecord] = []

  /// What the route's compression did to the request, in a few words; nil where none applied.
  package var compression: String?

  /// How many requests shared its first call; nil if that was made for it alone.
  package var batch: Int? {
    for call in calls {
      if case .shared(_, let size, _) = call.batch { return size }
    }
    return nil
  }

  /// Every call that was sent, for whatever purpose.
  package var sent: [CallRecord] {
    (before + calls + asides.map(\.call)).filter(\.wasSent)
  }

  /// What was called to ask a gate about the answer of an attempt.
  package struct GateCall: Sendable {
    package let attempt: Int
    /// The gate's place among those the attempt's answer was held against.
    package let gate: Int
    package let call: CallRecord
  }

  /// The record of an attempt; nil for a step that was skipped.
  package func call(ofAttempt index: Int) -> CallRecord? {
    guard outcome.attempts.indices.contains(index), outcome.attempts[index].wasCalled else {
      return nil
    }
    let place = outcome.attempts[..<index].count { $0.wasCalled }
    return calls.indices.contains(place) ? calls[place] : nil
  }

  /// What the answer used by an estimate; nil if its provider counted, or there is none to return.
  package var estimate: OpenAIWire.Usage? {
    guard case .answered(_, let attempt, _) = outcome.ending,
      let estimate = call(ofAttempt: attempt)?.estimate
    else { return nil }
    return OpenAIWire.Usage(prompt: estimate.input, completion: estimate.output)
  }

  /// The answer as the provider gave it; nil if there is none to return.
  package var answer: ChatResponse? {
    guard case .answered(_, let attempt, _) = outcome.ending else { return nil }
    return call(ofAttempt: attempt)?.response
  }
}

/// One call that was made.
package struct CallRecord: Sendable {
  package let provider: String
  /// The provider's own name for the model.
  package let upstream: String
  package let region: String?
  /// Index into the plan's calls.
  package let planned: Int
  package internal(set) var response: ChatResponse?
  /// One line; nil if there was an answer.
  package internal(set) var problem: String?
  /// The HTTP status, if there was one.
  package let status: Int?
  package let latency: Milliseconds
  /// Why there was no answer; nil if there was one, and if nobody waited for it.
  package internal(set) var cause: CallCause?
  /// For a call that serves an answer without being one; nil for a call that may answer.
  package var aside: AsideBill?
  /// Whether anything was sent at all.
  package internal(set) var wasSent = true
  /// Why no deployment was called; nil if one was.
  package internal(set) var held: NoCall.Reason?
  /// When it began, from the start of the climb.
  package internal(set) var began = Milliseconds(0)
  /// From its beginning to the first byte of the answer, or its first token where that is waited for;
  /// nil if none came.
  package internal(set) var firstByte: Milliseconds?
  /// What the provider counted, of a failed call too; nil if it gave no figures to trust.
  package internal(set) var usage: OpenAIWire.Usage?
  /// The same in the runtime's convention; nil likewise.
  package internal(set) var counted: RoutingRuntime.Usage?
  /// The upper end of an estimate by the texts that came, where the provider gave no figures to
  /// trust; nil if it did, or nothing came.
  ///
  /// For readers: what counts is the attempt's cost.
  package internal(set) var estimate: RoutingRuntime.Usage?
  /// Why we ended the answer before its provider did; nil if we did not.
  ///
  /// Whether its provider bills the rest is the catalog's to say: the attempt's cost keeps to that.
  package internal(set) var endedEarly: EarlyEnd?
  /// Why an answer's figures are not trusted; one line.
  package internal(set) var usageProblem: String?
  /// Of the first call on a route with `batch`: whether it was shared, and with how many.
  package internal(set) var batch: BatchMark?
}

extension CallRecord {
  /// Takes out of the answer what only a gate asked for.
  mutating func strip(_ step: PlanStep, of request: ChatRequest) {
    if step.wantsLogprobs, !request.logprobs { response?.stripLogprobs() }
  }

  /// Whether other requests were asked in the same call.
  package var isShared: Bool {
    if case .shared = batch { true } else { false }
  }

  /// Whether an answer came that claimed success and could not be read: what follows it on the same
  /// connection may be the rest of it.
  var isUnreadable: Bool {
    guard response == nil, let status else { return false }
    return (200..<300).contains(status)
  }
}

/// Why an answer was ended before its provider did.
package enum EarlyEnd: String, Hashable, Sendable {
  /// A `stop` of its route.
  case stopped
  /// A gate had rejected it, whatever followed.
  case rejected
}

extension RunRecord.GateCall {
  /// The calls of the gate that is asked about the last attempt.
  static func all(_ calls: [CallRecord], asking attempts: [AttemptRecord]) -> [Self] {
    guard let last = attempts.last else { return [] }
    return calls.map { Self(attempt: attempts.count - 1, gate: last.gates.count, call: $0) }
  }
}
