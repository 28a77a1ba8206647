import Logging
import RoutingBudgets

/// Takes new versions of the policy, one try at a time.
///
/// A version is compiled beside the one that is served. One that does not compile changes nothing.
actor PolicyReloader {
  enum Report: Sendable {
    case taken(version: String)
    /// What is on disk is what is served.
    case same(version: String)
    case failed(PolicyLoadFailure)
  }

  private let shelf: PolicyShelf
  private let loading: PolicyLoading
  private let clock: @Sendable () -> Timestamp
  private let observer: GatewayObserver

  init(
    _ shelf: PolicyShelf, _ loading: PolicyLoading, _ observer: GatewayObserver,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.shelf = shelf
    self.loading = loading
    self.observer = observer
    self.clock = clock
  }

  func reload(_ occasion: LoadOccasion) -> Report {
    do throws(PolicyLoadFailure) {
      let policy = try loading.load(occasion)
      let now = clock()
      guard shelf.put(policy, at: now) else {
        observer.metrics.observe(.unchanged)
        return .same(version: policy.version)
      }
      observer.metrics.observe(.swapped)
      observer.metrics.serve(version: policy.version, loadedAt: now.milliseconds / 1000)
      observer.logger.info(
        "policy reloaded",
        metadata: ["version": "\(policy.version)", "occasion": "\(occasion.rawValue)"])
      return .taken(version: policy.version)
    } catch {
      shelf.fail(error)
      observer.metrics.observe(.refused)
      observer.logger.error(
        "policy not reloaded: the version before goes on",
        metadata: [
          "version": "\(shelf.policy.version)", "occasion": "\(occasion.rawValue)",
          "reason": "\(error.summary)",
        ])
      return .failed(error)
    }
  }

  /// Looks at the files until the task is cancelled, and reloads when they have changed.
  ///
  /// A change counts once two looks in a row see the same: whoever writes has stopped.
  func watch(every pause: Duration) async {
    var served = loading.look()
    var last = served
    while true {
      do {
        try await Task.sleep(for: pause)
      } catch {
        return
      }
      let now = loading.look()
      if now != served, now == last {
        served = now
        _ = reload(.fileChange)
        // A new version may read other files.
        let after = loading.look()
        if after.stamps.keys != now.stamps.keys { served = after }
      }
      last = now
    }
  }
}
