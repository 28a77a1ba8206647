package import PolicyUnits
import Synchronization

/// One call for many: of requests with the same key at the same time, one asks its provider, and the
/// others are given its answer.
///
/// The first one leads. Whoever comes while it is under way waits; when the leader has an answer that
/// may be given again, all who wait get it. When it has none (it failed, was cancelled, or its answer
/// is not to be kept), the one that has waited longest leads next, and the rest go on waiting: never
/// all at once. Who waits is woken by a cancelled task or a deadline of its own.
package final class SingleFlight: Sendable {
  /// What a request is to do.
  package enum Turn: Sendable {
    /// Ask the provider, and say through the lead what came of it.
    case lead(FlightLead)
    /// Another request has got it: from its provider, or as that of a question this near.
    case answer(CachedAnswer, similarity: Score?)
    /// Its own time was up before the leader's answer came.
    case late
    /// Its task was cancelled while it waited.
    case cancelled
  }

  private struct Waiter: Sendable {
    let number: Int
    let continuation: CheckedContinuation<Turn, Never>
  }

  private struct State: Sendable {
    /// By key, those who wait for its leader; a key is here as long as it has one.
    var flights: [CacheKey: [Waiter]] = [:]
    /// Numbers of those who are about to wait, and what they have been told in the meantime.
    var arriving: [Int: Turn?] = [:]
    var last = 0
  }

  private let state = Mutex(State())
  private let sleep: @Sendable (Duration) async throws -> Void

  /// `sleep` is how long a wait may be: the clock of whoever asks.
  package init(
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.sleep = sleep
  }

  /// How many wait for a key; nil if it has no leader.
  package func waiting(for key: CacheKey) -> Int? {
    state.withLock { $0.flights[key]?.count }
  }

  /// Leads, or waits for who does, `patience` at most; who leads is not asked for it.
  package func turn(
    for key: CacheKey, patience: @autoclosure () -> Duration
  ) async -> Turn {
    let number: Int? = state.withLock { state in
      guard state.flights[key] != nil else {
        state.flights[key] = []
        return nil
      }
      state.last += 1
      state.arriving.updateValue(nil, forKey: state.last)
      return state.last
    }
    guard let number else { return .lead(FlightLead(self, key)) }
    let patience = patience()
    let alarm = Task { [self] in
      guard (try? await sleep(patience)) != nil else { return }
      wake(number, of: key, to: .late)
    }
    defer { alarm.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enter(Waiter(number: number, continuation: continuation), key)
      }
    } onCancel: {
      wake(number, of: key, to: .cancelled)
    }
  }

  /// Waits, unless it was told to go by now or there is no leader any more.
  private func enter(_ waiter: Waiter, _ key: CacheKey) {
    let turn: Turn? = state.withLock { state in
      if let told = state.arriving.removeValue(forKey: waiter.number), let told { return told }
      guard state.flights[key] != nil else {
        state.flights[key] = []
        return .lead(FlightLead(self, key))
      }
      state.flights[key]?.append(waiter)
      return nil
    }
    if let turn { waiter.continuation.resume(returning: turn) }
  }

  /// Ends one's waiting; one that has not begun to wait yet will not.
  private func wake(_ number: Int, of key: CacheKey, to turn: Turn) {
    let waiter: Waiter? = state.withLock { state in
      if state.arriving[number] != nil {
        state.arriving.updateValue(turn, forKey: number)
        return nil
      }
      guard let place = state.flights[key]?.firstIndex(where: { $0.number == number }) else {
        return nil
      }
      return state.flights[key]?.remove(at: place)
    }
    waiter?.continuation.resume(returning: turn)
  }

  /// The leader has got an answer, or none that others could use.
  fileprivate func end(_ key: CacheKey, with answer: CachedAnswer?, _ similarity: Score?) {
    guard let answer else { return passOn(key) }
    let waiters = state.withLock { $0.flights.removeValue(forKey: key) ?? [] }
    for waiter in waiters {
      waiter.continuation.resume(returning: .answer(answer, similarity: similarity))
    }
  }

  private func passOn(_ key: CacheKey) {
    let next: Waiter? = state.withLock { state in
      guard let first = state.flights[key]?.first else {
        state.flights[key] = nil
        return nil
      }
      state.flights[key]?.removeFirst()
      return first
    }
    next?.continuation.resume(returning: .lead(FlightLead(self, key)))
  }
}

/// The right to ask for all who wait for a key, and the duty to say what came of it.
///
/// One that is let go without a word, as when its task ends early, is passed on.
package final class FlightLead: Sendable {
  private let flight: SingleFlight
  private let key: CacheKey
  private let hasEnded = Mutex(false)

  fileprivate init(_ flight: SingleFlight, _ key: CacheKey) {
    self.flight = flight
    self.key = key
  }

  deinit { end(with: nil) }

  /// Gives the answer to all who wait, or passes the lead on if it is nil; the first word counts.
  ///
  /// `similarity` of one that was given to another question.
  package func end(with answer: CachedAnswer?, similarity: Score? = nil) {
    let isFirst = hasEnded.withLock { hasEnded in
      defer { hasEnded = true }
      return !hasEnded
    }
    if isFirst { flight.end(key, with: answer, similarity) }
  }
}
