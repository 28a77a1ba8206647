import HTTPUpstream
import OpenAIWire
import PolicyUnits
import RoutingHealth
import RoutingRuntime

extension CallEnd {
  init(_ failure: ProviderFailure) {
    let wait = failure.retryAfter.map { Milliseconds($0) }
    switch failure.kind {
    case .limited: self = .limited(retryAfter: wait)
    case .unavailable, .unauthorized, .unpaid, .notFound: self = .failed
    case .tooLong, .filtered, .badRequest: self = .turnedAway
    }
  }

  init(_ failure: UpstreamFailure) {
    switch failure {
    case .couldNotResolve, .couldNotConnect, .tls, .connectTimeout, .noAnswer, .reset, .truncated,
      .tooLarge, .badResponse:
      self = .failed
    case .firstByteTimeout(let limit), .silenceTimeout(let limit), .wholeTimeout(let limit):
      // Who waits for less has found out nothing: what was left of a ladder's time is no deadline
      // a provider can be held to.
      self = limit < .seconds(1) ? .cancelled : .failed
    case .libraryMissing, .noResources, .badRequest, .cancelled, .shutDown: self = .cancelled
    }
  }
}

extension CallAgain {
  /// A key, an account or a model name that one deployment refuses, another may take.
  init(_ kind: ProviderFailure.Kind) {
    switch kind {
    case .unavailable, .limited: self = .anywhere
    case .unauthorized, .unpaid, .notFound: self = .elsewhere
    case .tooLong, .filtered, .badRequest: self = .nowhere
    }
  }

  /// After silence the same deployment is not called again: it may still be at work.
  init(_ failure: UpstreamFailure) {
    switch failure {
    case .couldNotResolve, .couldNotConnect, .connectTimeout, .noAnswer, .reset, .truncated:
      self = .anywhere
    case .tls, .firstByteTimeout, .silenceTimeout, .wholeTimeout, .tooLarge, .badResponse:
      self = .elsewhere
    case .libraryMissing, .noResources, .badRequest, .cancelled, .shutDown: self = .nowhere
    }
  }
}

extension CallReading {
  /// What the deployment's health hears of it.
  var told: CallEnd {
    guard case .answered = end else { return end }
    return .answered(firstByte: record.firstByte)
  }

  /// What the call counts at against a deployment's `tpm`.
  var countedTokens: CountedTokens {
    if let counted = record.counted { return .exactly(counted.tokens) }
    switch event {
    case .failed(let fault) where fault.billing == .nothing: return .exactly(0)
    case .cancelled(.nothing): return .exactly(0)
    case .answered, .failed, .cancelled, .gate, .timeUp: return .unknown
    }
  }

  /// Lets the ladder repeat a failed call where and when that can be done.
  func allowRepeat(_ outlook: RepeatOutlook, of order: CallOrder, jitter: UInt64) {
    guard case .failed(var fault) = event, again != .nowhere else { return }
    switch outlook {
    case .none: fault.isRepeatable = false
    case .elsewhere:
      fault.isRepeatable = true
      fault.retryAfter = Milliseconds(0)
    case .again(let wait):
      guard again == .anywhere else {
        fault.isRepeatable = false
        break
      }
      let asked = max(wait, fault.retryAfter ?? Milliseconds(0))
      fault.retryAfter = Backoff.delay(
        before: order.attempt + 1, asked: asked, jitter: jitter)
    }
    event = .failed(fault)
  }
}

extension Backoff {
  /// What is asked is waited for, and up to 50 ms more; where nothing is asked, between half of
  /// the usual time and all of it.
  static func delay(before attempt: Int, asked: Milliseconds, jitter: UInt64) -> Milliseconds {
    guard asked <= Milliseconds(0) else {
      let more = asked.count + Int64(jitter % 50)
      return asked > longest ? asked : min(longest, Milliseconds(more))
    }
    let usual = delay(before: attempt).count
    let half = usual / 2
    return Milliseconds(usual - half + Int64(jitter % UInt64(max(1, half))))
  }
}
