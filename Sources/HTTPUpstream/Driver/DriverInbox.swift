import Synchronization

/// What other threads want of the driver's thread, and the means to wake it.
final class DriverInbox: Sendable {
  struct Orders {
    var starts: [PreparedCall] = []
    var resumes: [Transfer] = []
    var cancels: [Transfer] = []
    var stops = false

    var isEmpty: Bool { starts.isEmpty && resumes.isEmpty && cancels.isEmpty && !stops }
  }

  private struct State {
    var orders = Orders()
    /// Whether the thread took its last orders and found none: it may be asleep.
    var isIdle = false
    var isClosed = false
  }

  private let state = Mutex(State())
  /// Set while the thread runs.
  ///
  /// It has a lock of its own, under which the thread is woken, so that it is not freed meanwhile
  /// and the thread, once awake, does not find its orders locked.
  private let sleeper = Mutex(CurlMulti?.none)

  /// Called by the thread before it first takes orders.
  func open(_ multi: CurlMulti) { sleeper.withLock { $0 = multi } }

  /// Called by the thread at its end; returns the orders nobody will follow.
  func close() -> Orders {
    sleeper.withLock { $0 = nil }
    return state.withLock { state in
      state.isClosed = true
      let rest = state.orders
      state.orders = Orders()
      return rest
    }
  }

  /// Adds to the orders and wakes the thread, unless it will look for orders by itself.
  ///
  /// False when the thread has ended.
  @discardableResult
  func add(_ change: (inout Orders) -> Void) -> Bool {
    let (isTaken, wakes) = state.withLock { state in
      guard !state.isClosed else { return (false, false) }
      change(&state.orders)
      defer { state.isIdle = false }
      return (true, state.isIdle)
    }
    if wakes { sleeper.withLock { $0?.wake() } }
    return isTaken
  }

  /// Called by the thread; where there are none, whoever brings the next ones wakes it.
  func take() -> Orders {
    state.withLock { state in
      let orders = state.orders
      state.isIdle = orders.isEmpty
      state.orders = Orders()
      return orders
    }
  }
}
