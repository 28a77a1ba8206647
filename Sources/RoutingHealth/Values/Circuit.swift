package import PolicyUnits

/// Whether a deployment is called, by how its calls ended.
///
/// Closed: it is called. After so many failures in a row it opens: nobody calls it, but one call in
/// each interval, its probe. A probe that succeeds closes it, and nothing else does: an answer to a
/// call that left before the circuit opened says nothing of now.
///
/// Times are milliseconds from any fixed instant.
package struct Circuit: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    case closed
    case open
    /// Open, with a probe under way.
    case halfOpen = "half_open"
  }

  /// When it opens, and how far apart its probes are.
  package struct Rules: Hashable, Sendable {
    package var failures: Int64
    package var pause: Milliseconds

    /// Where the catalog does not say: back within ten seconds even if a probe falls right before
    /// the recovery.
    package static let standard = Rules(failures: 5, pause: Milliseconds(4000))

    package init(failures: Int64, pause: Milliseconds) {
      self.failures = max(1, failures)
      self.pause = Milliseconds(max(0, pause.count))
    }
  }

  /// Which stretch of being closed or open a call belongs to.
  package struct Stretch: Hashable, Sendable {
    fileprivate var number: UInt64
  }

  package private(set) var state = State.closed
  /// In a row, since the last success.
  package private(set) var failures: Int64 = 0
  /// When the next probe may leave; means nothing while closed.
  private var nextProbe: Int64 = 0
  private var stretch = Stretch(number: 0)

  package init() {}

  package func mayCall(at now: Milliseconds) -> Bool {
    state == .closed || now.count >= nextProbe
  }

  /// When a call may leave at the earliest.
  package var opensUp: Milliseconds { Milliseconds(state == .closed ? .min : nextProbe) }

  /// A call leaves; only where it may.
  package mutating func begin(at now: Milliseconds, _ rules: Rules) -> Stretch {
    if state != .closed {
      state = .halfOpen
      nextProbe = now.count.saturatingSum(rules.pause.count)
    }
    return stretch
  }

  /// A call gave an answer, or a refusal that only a working deployment gives.
  package mutating func succeeded(_ call: Stretch) {
    guard call == stretch else { return }
    failures = 0
    guard state != .closed else { return }
    state = .closed
    stretch.number &+= 1
  }

  package mutating func failed(_ call: Stretch, at now: Milliseconds, _ rules: Rules) {
    guard call == stretch else { return }
    failures = failures.saturatingSum(1)
    switch state {
    case .closed:
      guard failures >= rules.failures else { return }
      state = .open
      nextProbe = now.count.saturatingSum(rules.pause.count)
      stretch.number &+= 1
    case .halfOpen: state = .open
    case .open: return
    }
  }

  /// A call ended that says nothing: its caller has gone, or it was never sent.
  package mutating func forgot(_ call: Stretch) {
    if call == stretch, state == .halfOpen { state = .open }
  }
}
