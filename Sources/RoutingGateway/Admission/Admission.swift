import Synchronization

/// Who may be served: bounded in flight, in line and in bytes.
///
/// ```swift
/// let visit = admission.visit()
/// defer { visit.leave() }
/// try visit.hold(part.readableBytes)   // for every part of the body as it comes
/// try await visit.admit()              // before the request is served; may wait a moment
/// ```
///
/// Time and waiting come in, so that a test can stand still.
package final class Admission: Sendable {
  package let limits: AdmissionLimits
  private let state: Mutex<State>
  private let now: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async -> Void

  private struct State {
    var turnstile: Turnstile
    var waiters: [Int: CheckedContinuation<Overload?, Never>] = [:]
    /// Called, given up or cancelled before its continuation was there.
    var early: [Int: Overload?] = [:]
  }

  /// What is going on, for metrics.
  package struct Figures: Hashable, Sendable {
    package let inFlight: Int
    package let queued: Int
    package let bodyBytes: Int
  }

  /// `now` counts from any beginning; `sleep` returns early when its task is cancelled.
  package init(
    _ limits: AdmissionLimits = AdmissionLimits(),
    now: @escaping @Sendable () -> Duration = Admission.uptime,
    sleep: @escaping @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }
  ) {
    self.limits = limits
    self.now = now
    self.sleep = sleep
    state = Mutex(State(turnstile: Turnstile(limits)))
  }

  package var figures: Figures {
    state.withLock {
      Figures(
        inFlight: $0.turnstile.inFlight, queued: $0.turnstile.queued, bodyBytes: $0.turnstile.bytes)
    }
  }

  /// Nothing is taken yet, and nothing refused.
  package func visit() -> Visit { Visit(self) }

  /// Since this was first asked.
  package static let uptime: @Sendable () -> Duration = {
    let start = ContinuousClock.now
    return { ContinuousClock.now - start }
  }()

  fileprivate func enter() async throws(Overload) -> Duration {
    switch state.withLock({ $0.turnstile.arrive() }) {
    case .admitted: return now()
    case .refused(let overload): throw overload
    case .queued(let ticket):
      if let overload = await wait(with: ticket) { throw overload }
      return now()
    }
  }

  /// Nil when its turn has come.
  private func wait(with ticket: Int) async -> Overload? {
    let alarm = Task {
      await sleep(limits.longestWait)
      giveUp(ticket)
    }
    defer { alarm.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let early: Overload?? = state.withLock { state in
          if let early = state.early.removeValue(forKey: ticket) { return early }
          state.waiters[ticket] = continuation
          return nil
        }
        if let early { continuation.resume(returning: early) }
      }
    } onCancel: {
      giveUp(ticket)
    }
  }

  private func giveUp(_ ticket: Int) {
    let waiter = state.withLock { state -> (CheckedContinuation<Overload?, Never>, Overload)? in
      guard let overload = state.turnstile.giveUp(ticket) else { return nil }
      guard let waiter = state.waiters.removeValue(forKey: ticket) else {
        state.early[ticket] = .some(overload)
        return nil
      }
      return (waiter, overload)
    }
    if let (waiter, overload) = waiter { waiter.resume(returning: overload) }
  }

  fileprivate func exit(enteredAt entered: Duration) {
    let stay = now() - entered
    let next = state.withLock { state -> CheckedContinuation<Overload?, Never>? in
      guard let ticket = state.turnstile.leave(after: stay) else { return nil }
      guard let waiter = state.waiters.removeValue(forKey: ticket) else {
        state.early[ticket] = .some(nil)
        return nil
      }
      return waiter
    }
    next?.resume(returning: nil)
  }

  fileprivate func hold(_ bytes: Int) throws(Overload) {
    try state.withLock { state throws(Overload) in try state.turnstile.hold(bytes) }
  }

  fileprivate func release(_ bytes: Int) {
    state.withLock { $0.turnstile.release(bytes) }
  }
}

/// What one request has taken; given back when it leaves, at the latest when nobody knows it any more.
package final class Visit: Sendable {
  private let admission: Admission
  private let taken = Mutex(Taken())

  private struct Taken {
    var bytes = 0
    var entered: Duration?
    var hasLeft = false
  }

  fileprivate init(_ admission: Admission) {
    self.admission = admission
  }

  deinit { leave() }

  /// Call it once, from the task that serves the request.
  ///
  /// - Throws: if no place came free within the longest wait, or too many wait already.
  package func admit() async throws(Overload) {
    let entered = try await admission.enter()
    let isLate = taken.withLock { taken in
      if !taken.hasLeft, taken.entered == nil {
        taken.entered = entered
        return false
      }
      return true
    }
    if isLate { admission.exit(enteredAt: entered) }
  }

  /// Takes room for so many more bytes of the body.
  ///
  /// - Throws: if all bodies together would be too large; what this one held stays held.
  package func hold(_ bytes: Int) throws(Overload) {
    guard bytes > 0 else { return }
    try admission.hold(bytes)
    let isLate = taken.withLock { taken in
      if !taken.hasLeft { taken.bytes += bytes }
      return taken.hasLeft
    }
    if isLate { admission.release(bytes) }
  }

  /// Gives everything back; a second time nothing happens.
  package func leave() {
    let (bytes, entered) = taken.withLock { taken in
      let held = (taken.bytes, taken.entered)
      taken = Taken(hasLeft: true)
      return held
    }
    if bytes > 0 { admission.release(bytes) }
    if let entered { admission.exit(enteredAt: entered) }
  }
}
