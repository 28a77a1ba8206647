package import RoutingBudgets
import Synchronization

/// The version that is served now, and what came of the last try to replace it.
///
/// A version is swapped as a whole, never changed: a request goes on under the one it came under.
package final class PolicyShelf: Sendable {
  /// How versions have followed each other.
  package struct History: Sendable {
    /// When the version that is served was taken.
    package var since: Timestamp
    /// Versions taken after the first.
    package var reloads = 0
    /// Versions that could not be taken.
    package var failures = 0
    /// Why the last try failed; nil once one succeeds.
    package var failure: PolicyLoadFailure?
  }

  private struct State: Sendable {
    var policy: ServedPolicy
    var history: History
  }

  private let state: Mutex<State>

  init(_ policy: ServedPolicy, at time: Timestamp) {
    state = Mutex(State(policy: policy, history: History(since: time)))
  }

  package var policy: ServedPolicy { state.withLock { $0.policy } }
  package var history: History { state.withLock { $0.history } }

  /// False if this very version is served already.
  func put(_ policy: ServedPolicy, at time: Timestamp) -> Bool {
    state.withLock { state in
      state.history.failure = nil
      guard !policy.isSame(as: state.policy) else { return false }
      state.policy = policy
      state.history.since = time
      state.history.reloads += 1
      return true
    }
  }

  func fail(_ failure: PolicyLoadFailure) {
    state.withLock { state in
      state.history.failures += 1
      state.history.failure = failure
    }
  }
}
