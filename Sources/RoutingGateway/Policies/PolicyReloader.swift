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
  private let start = ContinuousClock.now
  private var files: FileRest

  init(
    _ shelf: PolicyShelf, _ loading: PolicyLoading, _ observer: GatewayObserver,
    clock: @escaping @Sendable () -> Timestamp
  ) {
    self.shelf = shelf
    self.loading = loading
    self.observer = observer
    self.clock = clock
    files = FileRest(loading.look(), at: .zero)
  }

  /// What is on disk, as soon as nobody writes to it.
  func reload(_ occasion: LoadOccasion) async -> Report {
    let end = ContinuousClock.now + FileRest.longestWait
    while true {
      let look = loading.look()
      guard files.see(look, at: start.duration(to: .now), isTold: true) == .wait else {
        return take(look, occasion)
      }
      guard ContinuousClock.now < end else {
        return refuse(
          PolicyLoadFailure(
            summary:
              "its files are still being written to, for \(FileRest.longestWait.components.seconds) "
              + "seconds now"), occasion)
      }
      // Whoever asks and goes is none the worse for a policy that is taken.
      try? await Task.sleep(for: .milliseconds(50))
    }
  }

  private func take(
    _ look: FileLook, _ occasion: LoadOccasion, suspecting suspects: Set<String> = []
  ) -> Report {
    do throws(PolicyLoadFailure) {
      defer { files.reads(loading.look()) }
      files.wasRead(look, isHeldBack: false)
      let policy = try loading.load(occasion, suspects)
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
      files.wasRead(look, isHeldBack: error.isOfBeginning)
      return refuse(error, occasion)
    }
  }

  private func refuse(_ failure: PolicyLoadFailure, _ occasion: LoadOccasion) -> Report {
    shelf.fail(failure)
    observer.metrics.observe(.refused)
    observer.logger.error(
      "policy not reloaded: the version before goes on",
      metadata: [
        "version": "\(shelf.policy.version)", "occasion": "\(occasion.rawValue)",
        "reason": "\(failure.summary)",
      ])
    return .failed(failure)
  }

  /// Looks at the files until the task is cancelled, and reloads when they have changed and stand still.
  func watch(every pause: Duration) async {
    while true {
      do {
        try await Task.sleep(for: pause)
      } catch {
        return
      }
      let look = loading.look()
      if case .ready(let suspects) = files.see(look, at: start.duration(to: .now)) {
        _ = take(look, .fileChange, suspecting: suspects)
      }
    }
  }
}
