import Synchronization

/// The version that is served now; swapped as a whole, never changed.
package final class PolicyShelf: Sendable {
  private let current: Mutex<ServedPolicy>

  package init(_ policy: ServedPolicy) { current = Mutex(policy) }

  package var policy: ServedPolicy { current.withLock { $0 } }

  /// Requests that came before go on under the version they came under.
  func put(_ policy: ServedPolicy) { current.withLock { $0 = policy } }
}
