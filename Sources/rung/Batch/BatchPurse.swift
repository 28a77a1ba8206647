import PolicyUnits
import Synchronization

/// What a batch may spend: an item may run once what was spent, the most that those under way may
/// cost and the most it may cost itself fit under a limit together.
///
/// Integers; a cost nobody knows counts as its bound, and what has no bound does not run.
final class BatchPurse: Sendable {
  private struct Waiter: Sendable {
    let item: Int
    let most: Money
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State: Sendable {
    var spent: Money
    var running = SetAside()
    /// Of those under way at a provider, which may take a day.
    var held = SetAside()
    var waiting: [Waiter] = []
    var isClosed = false

    func fits(_ most: Money, in limit: Money) -> Bool {
      spent + held.sum + running.sum + most <= limit
    }

    /// What no room is waited for beside.
    func lasting(_ waitsForHeld: Bool) -> Money {
      waitsForHeld ? spent : spent + held.sum
    }

    /// Those that may run now, and those that never will.
    mutating func next(in limit: Money, waitsForHeld: Bool) -> [(Waiter, Bool)] {
      var told: [(Waiter, Bool)] = []
      var rest: [Waiter] = []
      for waiter in waiting {
        if isClosed || lasting(waitsForHeld) + waiter.most > limit {
          told.append((waiter, false))
        } else if fits(waiter.most, in: limit) {
          running[waiter.item] = waiter.most
          told.append((waiter, true))
        } else {
          rest.append(waiter)
        }
      }
      waiting = rest
      return told
    }
  }

  let limit: Money
  /// Whether what is under way at a provider ends while this process runs.
  private let waitsForHeld: Bool
  private let state: Mutex<State>

  /// `spent` counts from the beginning: what the batch has cost in earlier runs.
  init(_ limit: Money, spent: Money, waitsForHeld: Bool = true) {
    self.limit = limit
    self.waitsForHeld = waitsForHeld
    state = Mutex(State(spent: spent))
  }

  /// Waits until there is room for `most`; false if there will never be any, or nothing bounds it.
  func admit(_ item: Int, _ most: Money?) async -> Bool {
    guard let most else { return false }
    return await withCheckedContinuation { continuation in
      change { state in
        // Decided anew: what was set aside before is not needed any more.
        state.running[item] = nil
        state.waiting.append(Waiter(item: item, most: most, continuation: continuation))
      }
    }
  }

  /// Sets aside `most` for an item that goes to a provider, if there is room now; nobody waits.
  func take(_ item: Int, _ most: Money) -> Bool {
    state.withLock { state in
      guard !state.isClosed, state.fits(most, in: limit) else { return false }
      state.held[item] = most
      return true
    }
  }

  /// Counts `most` for an item that an earlier run has begun, whether there is room or not.
  func hold(_ item: Int, _ most: Money) { change { $0.held[item] = most } }

  /// The item is over; `cost` nil counts as what was set aside for it.
  func settle(_ item: Int, _ cost: Money?) {
    change { state in
      let most = state.running.take(item) ?? state.held.take(item)
      state.spent += cost ?? most ?? .zero
    }
  }

  /// Whoever waits is turned away, and whoever comes.
  func close() { change { $0.isClosed = true } }

  private func change(_ body: (inout State) -> Void) {
    let told = state.withLock { state in
      body(&state)
      return state.next(in: limit, waitsForHeld: waitsForHeld)
    }
    for (waiter, mayRun) in told { waiter.continuation.resume(returning: mayRun) }
  }
}

/// Money set aside by item, and its sum: a batch of 50,000 lines asks for it at every line.
private struct SetAside: Sendable {
  private var amounts: [Int: Money] = [:]
  private(set) var sum = Money.zero

  subscript(item: Int) -> Money? {
    get { amounts[item] }
    set {
      sum = sum - (amounts[item] ?? .zero) + (newValue ?? .zero)
      amounts[item] = newValue
    }
  }

  /// What was set aside for an item and is so no more.
  mutating func take(_ item: Int) -> Money? {
    guard let amount = self[item] else { return nil }
    self[item] = nil
    return amount
  }
}
