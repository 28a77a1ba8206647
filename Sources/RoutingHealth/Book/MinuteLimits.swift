import PolicyUnits
import RoutingCatalog

/// What one call counted at, and in which second.
struct CountedCall: Hashable, Sendable {
  fileprivate(set) var second: Int64 = 0
  fileprivate(set) var tokens: Int64 = 0
}

/// The requests and tokens of the last minute, against what the catalog allows.
///
/// Tokens are counted at the most a call may use when it leaves, and corrected when it is over.
struct MinuteLimits: Sendable {
  private var requests = RollingSum(seconds: 60)
  private var tokens = RollingSum(seconds: 60)

  mutating func used(at now: Milliseconds) -> (requests: Int64, tokens: Int64) {
    (requests.sum(at: now), tokens.sum(at: now))
  }

  /// What of the limits a call does not fit into, and until when; nil if it fits.
  mutating func full(
    for wanted: Int64?, _ deployment: UpstreamDeployment, at now: Milliseconds
  ) -> (reason: NoCall.Reason, until: Milliseconds?)? {
    var found: (reason: NoCall.Reason, until: Milliseconds?)?
    if let limit = deployment.requestsPerMinute, requests.sum(at: now) >= limit {
      found = (.requests, requests.falls(to: limit - 1, at: now))
    }
    if let limit = deployment.tokensPerMinute {
      let rest = limit - Self.counted(wanted, under: limit)
      if tokens.sum(at: now) > rest {
        let until = tokens.falls(to: rest, at: now)
        if found == nil || (until ?? now) > (found?.until ?? now) { found = (.tokens, until) }
      }
    }
    return found
  }

  mutating func take(
    _ wanted: Int64?, _ deployment: UpstreamDeployment, at now: Milliseconds
  ) -> CountedCall {
    var call = CountedCall()
    call.second = requests.add(1, at: now)
    if let limit = deployment.tokensPerMinute {
      call.tokens = Self.counted(wanted, under: limit)
    } else {
      call.tokens = max(0, wanted ?? 0)
    }
    _ = tokens.add(call.tokens, at: now)
    return call
  }

  mutating func correct(_ call: CountedCall, to used: CountedTokens, wasSent: Bool) {
    if !wasSent { requests.correct(call.second, by: -1) }
    switch used {
    case .exactly(let count):
      tokens.correct(call.second, by: max(0, count).saturatingDifference(call.tokens))
    case .unknown: return
    }
  }

  /// A call that may use more than a minute has, or any number, takes the whole minute.
  private static func counted(_ wanted: Int64?, under limit: Int64) -> Int64 {
    min(max(0, wanted ?? .max), max(0, limit))
  }
}
