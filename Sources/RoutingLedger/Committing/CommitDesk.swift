import Foundation
import RoutingBudgets
import Synchronization

/// The engine behind its lock, the tasks that wait for it, and the thread that commits.
///
/// The thread alone touches the disk. It takes everything that is queued, commits it together, tells
/// the tasks and takes what has come since. Only where a commit was shared does the next one begin no
/// sooner than ``pace`` after it, so that it is shared by more: whoever is alone waits for no timer.
final class CommitDesk: Sendable {
  typealias Ticket = LedgerEngine.Ticket
  typealias Outcome = LedgerEngine.Outcome

  /// What a call may learn without waiting, or the ticket it waits for.
  enum Step {
    case pending(Ticket)
    case full(Claim, used: Int64)
    case told(Outcome)
  }

  enum Answer: Sendable {
    case full(Claim, used: Int64)
    case told(Outcome)
  }

  private struct State: Sendable {
    var engine: LedgerEngine
    var waiting: [Ticket: CheckedContinuation<Outcome, Never>] = [:]
    var policies: Set<String> = []
    var isClosing = false
    var hasEnded = false
    var closers: [CheckedContinuation<Void, Never>] = []
    /// Whether the thread is at work, or has been rung for: it looks again by itself.
    var isAwake = true
  }

  /// How often expiries are looked at, in milliseconds.
  private static let tickInterval: Int64 = 250
  /// How long a failed commit rests if nothing new comes.
  private static let rest = DispatchTimeInterval.milliseconds(250)
  /// From the beginning of a shared commit to that of the next.
  ///
  /// A commit writes ten pages for one record and twelve for twenty.
  private static let pace = Duration.microseconds(250)

  private let state: Mutex<State>
  private let disk: any LedgerDisk
  let clock: @Sendable () -> Timestamp
  private let bell = DispatchSemaphore(value: 0)

  init(
    engine: LedgerEngine, disk: any LedgerDisk, clock: @escaping @Sendable () -> Timestamp
  ) {
    state = Mutex(State(engine: engine))
    self.disk = disk
    self.clock = clock
  }

  // MARK: For the tasks

  func read<Value: Sendable>(_ body: (inout LedgerEngine) -> Value) -> Value {
    state.withLock { body(&$0.engine) }
  }

  /// Changes the engine without waiting for the commit.
  func change(_ body: (inout LedgerEngine) -> Void) {
    let rings = state.withLock { state in
      body(&state.engine)
      return Self.ring(&state)
    }
    if rings { bell.signal() }
  }

  /// Changes the engine and waits for what its ticket tells.
  func submit(
    _ body: (inout LedgerEngine) throws(LedgerFailure) -> Step
  ) async -> Answer {
    var full: Answer?
    let outcome: Outcome = await withCheckedContinuation { continuation in
      enter(continuation) { engine throws(LedgerFailure) in
        let step = try body(&engine)
        if case .full(let claim, let used) = step { full = .full(claim, used: used) }
        return step
      }
    }
    return full ?? .told(outcome)
  }

  func claim(
    _ key: IdempotencyRecord.Key, body: String, request: RequestID, expiry: Timestamp
  ) async -> Outcome {
    let now = clock()
    let place = WaitingPlace()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enter(continuation) { engine in
          guard !place.isCancelled else { return .told(.failure(.cancelled)) }
          switch engine.claim(key, body: body, request: request, expiry: expiry, at: now) {
          case .decided(let claim): return .told(.claim(claim))
          case .pending(let ticket):
            place.wait(for: ticket)
            return .pending(ticket)
          }
        }
      }
    } onCancel: {
      leave(place, from: key)
    }
  }

  /// Who asked a request that has a committed row; nil if none has.
  func caller(of request: RequestID) throws(LedgerFailure) -> LedgerEntry.Caller? {
    guard !state.withLock({ $0.isClosing }) else { throw .closed }
    return try disk.caller(of: request)
  }

  func isNew(_ fingerprint: String) -> Bool {
    state.withLock { !$0.policies.contains(fingerprint) }
  }

  func know(_ fingerprint: String) { state.withLock { _ = $0.policies.insert(fingerprint) } }

  private func enter(
    _ continuation: CheckedContinuation<Outcome, Never>,
    _ body: (inout LedgerEngine) throws(LedgerFailure) -> Step
  ) {
    var told: Outcome?
    let rings = state.withLock { state in
      guard !state.isClosing else {
        told = .failure(.closed)
        return false
      }
      do throws(LedgerFailure) {
        switch try body(&state.engine) {
        case .pending(let ticket): state.waiting[ticket] = continuation
        case .full: told = .done
        case .told(let outcome): told = outcome
        }
      } catch {
        told = .failure(error)
      }
      return Self.ring(&state)
    }
    if let told { continuation.resume(returning: told) }
    if rings { bell.signal() }
  }

  /// Stops waiting for another request's answer; a claim that is being committed is waited for.
  private func leave(_ place: WaitingPlace, from key: IdempotencyRecord.Key) {
    let continuation = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
      guard let ticket = place.cancel(), state.engine.withdraw(ticket, from: key) else {
        return nil
      }
      return state.waiting.removeValue(forKey: ticket)
    }
    continuation?.resume(returning: .failure(.cancelled))
  }

  /// Whether the bell must be rung for the thread to look.
  private static func ring(_ state: inout State) -> Bool {
    guard !state.isAwake, state.engine.hasWork || state.isClosing else { return false }
    state.isAwake = true
    return true
  }

  // MARK: The thread

  func start() {
    let thread = Thread { [self] in run() }
    thread.name = "rung-ledger"
    thread.start()
  }

  /// Asks the thread to commit what is queued and end.
  func stop() {
    state.withLock { $0.isClosing = true }
    bell.signal()
  }

  func close() async {
    stop()
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.closers.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  private func run() {
    var lastTick = clock()
    var isFailing = false
    while true {
      let began = ContinuousClock.now
      let now = clock()
      let taken = state.withLock { state in
        if now.milliseconds - lastTick.milliseconds >= Self.tickInterval || now < lastTick {
          lastTick = now
          state.engine.tick(at: now)
        }
        return state.engine.take()
      }
      if let batch = taken?.chained() {
        isFailing = !commit(batch)
        if !isFailing, batch.records.count > 1 { gather(since: began) }
      }
      let (isOver, isIdle) = state.withLock { state in
        let isIdle = isFailing || !state.engine.hasWork
        state.isAwake = !isIdle
        return (state.isClosing && isIdle, isIdle)
      }
      if isOver { break }
      if isIdle { _ = bell.wait(timeout: .now() + Self.rest) }
    }
    end()
  }

  /// Lets what comes until ``pace`` is over share the next commit.
  private func gather(since began: ContinuousClock.Instant) {
    let left = Self.pace - (ContinuousClock.now - began)
    guard left > .zero else { return }
    Thread.sleep(forTimeInterval: left / .seconds(1))
  }

  /// Whether the batch was committed; tells the tasks in either case.
  private func commit(_ batch: LedgerEngine.Batch) -> Bool {
    let result: Result<Void, LedgerFailure>
    do throws(LedgerFailure) {
      try disk.commit(batch.records)
      result = .success(())
    } catch {
      result = .failure(error)
    }
    let told = state.withLock { state in
      // The thread will rest, but not if something new comes.
      if case .failure = result { state.isAwake = false }
      return state.engine.finish(batch, result).map { ticket, outcome in
        (state.waiting.removeValue(forKey: ticket), outcome)
      }
    }
    for (continuation, outcome) in told { continuation?.resume(returning: outcome) }
    if case .failure = result { return false }
    return true
  }

  private func end() {
    disk.close()
    let (waiting, closers) = state.withLock { state in
      state.hasEnded = true
      defer {
        state.waiting = [:]
        state.closers = []
      }
      return (state.waiting.values.map { $0 }, state.closers)
    }
    for continuation in waiting { continuation.resume(returning: .failure(.closed)) }
    for continuation in closers { continuation.resume() }
  }
}

/// What one waiting claim and its cancellation share.
private final class WaitingPlace: Sendable {
  private enum Life {
    case entering
    case waiting(LedgerEngine.Ticket)
    case cancelled
  }

  private let life = Mutex(Life.entering)

  var isCancelled: Bool {
    life.withLock {
      if case .cancelled = $0 { true } else { false }
    }
  }

  func wait(for ticket: LedgerEngine.Ticket) { life.withLock { $0 = .waiting(ticket) } }

  /// The ticket that was waited for, if it had one.
  func cancel() -> LedgerEngine.Ticket? {
    life.withLock { life in
      defer { life = .cancelled }
      if case .waiting(let ticket) = life { return ticket }
      return nil
    }
  }
}
