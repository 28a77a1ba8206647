import OpenAIWire
package import PolicyUnits
import RoutingBatches
import RoutingRuntime

/// Where requests wait for others of their kind, and the calls they share.
///
/// A request that is left by its caller while it waits is taken out; once its call is under way its
/// share is paid for, and the desk says what it is. A call that everybody has left is ended.
package actor BatchDesk {
  private typealias Window = BatchWindow<BatchKind, BatchOffer>
  private typealias Member = Window.Member

  private struct Flight {
    var aboard: Set<UInt64>
    var task: Task<Void, Never>?
  }

  private let runner: RequestRunner
  private let pause: @Sendable (Milliseconds) async -> Void
  private let random: @Sendable () -> UInt64
  private var window = Window()
  private var waiting: [UInt64: CheckedContinuation<BatchWord, Never>] = [:]
  private var flights: [UInt64: Flight] = [:]
  private var numbers: UInt64 = 0
  private var isDraining = false

  /// `pause` returns when so much time has passed; `random` gives 64 bits each time it is asked.
  package init(
    _ runner: RequestRunner,
    pause: @escaping @Sendable (Milliseconds) async -> Void = {
      try? await ContinuousClock().sleep(for: .milliseconds($0.count))
    }, random: @escaping @Sendable () -> UInt64
  ) {
    self.runner = runner
    self.pause = pause
    self.random = random
  }

  /// Sends everything that waits, and lets nothing wait any more.
  package func drain() {
    isDraining = true
    for members in window.drain() { send(members) }
  }

  /// How many wait for others now.
  package var standing: Int { window.count }

  /// Waits for others, and for the call they share.
  func answer(_ offer: BatchOffer) async -> BatchWord {
    if isDraining { return .alone(.draining) }
    numbers += 1
    let number = numbers
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard !Task.isCancelled else { return continuation.resume(returning: .left) }
        waiting[number] = continuation
        join(offer, number)
      }
    } onCancel: {
      Task { await self.leave(number) }
    }
  }

  private func join(_ offer: BatchOffer, _ number: UInt64) {
    switch window.join(offer, number, of: offer.kind, upTo: offer.size) {
    case .waits: return
    case .full(let members): send(members)
    case .opened(let opened):
      Task {
        await pause(offer.within)
        if let members = window.due(opened) { send(members) }
      }
    }
  }

  private func leave(_ number: UInt64) {
    if window.leave(number) { return tell(number, .left) }
    for (name, flight) in flights where flight.aboard.contains(number) {
      flights[name]?.aboard.remove(number)
      if flight.aboard.count == 1 { flight.task?.cancel() }
    }
  }

  private func tell(_ number: UInt64, _ word: BatchWord) {
    waiting.removeValue(forKey: number)?.resume(returning: word)
  }

  // MARK: Calls

  /// Sends requests of one kind, in as many calls as they fit into.
  private func send(_ members: [Member]) {
    for group in BatchFit.groups(members.map(\.item), in: runner.catalog) {
      let group = group.map { members[$0] }
      guard group.count > 1 else {
        for member in group {
          tell(member.number, .alone(members.count > 1 ? .noRoom : .nobodyElse))
        }
        continue
      }
      guard let call = SharedCall(group.map(\.item), in: runner.catalog, random: random) else {
        for member in group { tell(member.number, .alone(.dearer)) }
        continue
      }
      take(group, call)
    }
  }

  private func take(_ group: [Member], _ call: SharedCall) {
    numbers += 1
    let name = numbers
    flights[name] = Flight(aboard: Set(group.map(\.number)))
    // Of nobody's task: none of those who share it can end it, or give it headers of its own.
    let task = Task.detached { [runner] in await call.words(by: runner) }
    flights[name]?.task = Task {
      let words = await withTaskCancellationHandler {
        await task.value
      } onCancel: {
        task.cancel()
      }
      flights[name] = nil
      for (member, word) in zip(group, words) { tell(member.number, word) }
    }
  }
}

/// What the desk says to one request.
enum BatchWord: Sendable {
  case alone(AloneReason)
  /// Its caller left before anything was sent.
  case left
  case read(SharedReading)
}

/// What came of a shared call for one of its requests.
struct SharedReading: Sendable {
  var event: LadderEvent
  var record: CallRecord
  var share: CallBill

  /// As its ladder hears of it; one whose caller has gone pays its share all the same.
  func reading(isLeft: Bool) -> CallReading {
    CallReading(event: isLeft ? .cancelled(.share(share)) : event, record: record)
  }
}
