import PolicyUnits
import RoutingCatalog

/// All that is known of one deployment.
struct DeploymentHealth: Sendable {
  /// A provider that asks for more is tried again after this.
  static let longestRest: Int64 = 300_000
  /// Others are taken first for so long after a limit without a word of when to come back.
  static let spared: Int64 = 1000

  var circuit = Circuit()
  var limits = MinuteLimits()
  var firstByte = FirstByteTime()
  var inFlight = 0
  var counts = DeploymentCounts()
  private(set) var restsUntil: Int64 = .min
  private var sparedUntil: Int64 = .min

  enum Availability {
    case ready
    /// Its circuit is open, and it may be probed.
    case probe
    case not(NoCall.Reason, until: Milliseconds?)
  }

  mutating func availability(
    _ deployment: UpstreamDeployment, tokens: Int64?, at now: Milliseconds
  ) -> Availability {
    var reason: NoCall.Reason?
    var until: Int64? = .min
    func isHeld(_ cause: NoCall.Reason, until end: Int64?) {
      if let known = until, end.map({ $0 > known }) ?? true { (reason, until) = (cause, end) }
    }
    if !circuit.mayCall(at: now) { isHeld(.open, until: circuit.opensUp.count) }
    if restsUntil > now.count { isHeld(.resting, until: restsUntil) }
    if let full = limits.full(for: tokens, deployment, at: now) {
      isHeld(full.reason, until: full.until?.count)
    }
    if let reason { return .not(reason, until: until.map { Milliseconds($0) }) }
    return circuit.state == .closed ? .ready : .probe
  }

  /// Whether it may be called, and whether another is better called just now.
  mutating func offer(
    _ deployment: UpstreamDeployment, tokens: Int64?, at now: Milliseconds
  ) -> (Availability, isSpared: Bool) {
    (availability(deployment, tokens: tokens, at: now), sparedUntil > now.count)
  }

  mutating func begin(
    _ deployment: UpstreamDeployment, tokens: Int64?, _ rules: Circuit.Rules, at now: Milliseconds
  ) -> (Circuit.Stretch, CountedCall) {
    inFlight += 1
    counts.calls &+= 1
    return (circuit.begin(at: now, rules), limits.take(tokens, deployment, at: now))
  }

  mutating func ended(
    _ ticket: CallTicket, _ end: CallEnd, _ tokens: CountedTokens, _ rules: Circuit.Rules,
    at now: Milliseconds
  ) {
    inFlight = max(0, inFlight - 1)
    limits.correct(ticket.counted, to: tokens, wasSent: end != .notSent)
    switch end {
    case .answered(let time):
      circuit.succeeded(ticket.stretch)
      if let time { firstByte.add(time, choice: ticket.choice) }
    case .turnedAway: circuit.succeeded(ticket.stretch)
    case .failed:
      counts.failures &+= 1
      circuit.failed(ticket.stretch, at: now, rules)
    case .limited(let wait):
      counts.limited &+= 1
      // It answers, but not now: that neither closes a circuit nor opens one.
      circuit.forgot(ticket.stretch)
      rest(wait, at: now)
      if wait == nil { sparedUntil = now.count.saturatingSum(Self.spared) }
    case .cancelled, .notSent: circuit.forgot(ticket.stretch)
    }
  }

  private mutating func rest(_ wait: Milliseconds?, at now: Milliseconds) {
    guard let wait else { return }
    restsUntil = max(restsUntil, now.count.saturatingSum(min(max(0, wait.count), Self.longestRest)))
  }
}

/// What has happened at one deployment since the start.
package struct DeploymentCounts: Hashable, Sendable {
  package internal(set) var calls: UInt64 = 0
  package internal(set) var failures: UInt64 = 0
  package internal(set) var limited: UInt64 = 0
  package internal(set) var opened: UInt64 = 0
  package internal(set) var probes: UInt64 = 0
  package internal(set) var closed: UInt64 = 0
}
