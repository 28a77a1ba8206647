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
    /// Set while the thread runs; it is woken under the lock, so it cannot be freed meanwhile.
    var multi: CurlMulti?
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Called by the thread before it first takes orders.
  func open(_ multi: CurlMulti) { state.withLock { $0.multi = multi } }

  /// Called by the thread at its end; returns the orders nobody will follow.
  func close() -> Orders {
    state.withLock { state in
      state.multi = nil
      state.isClosed = true
      let rest = state.orders
      state.orders = Orders()
      return rest
    }
  }

  /// Adds to the orders and wakes the thread, unless orders are waiting for it already.
  ///
  /// False when the thread has ended.
  @discardableResult
  func add(_ change: (inout Orders) -> Void) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      let wasEmpty = state.orders.isEmpty
      change(&state.orders)
      if wasEmpty { state.multi?.wake() }
      return true
    }
  }

  func take() -> Orders {
    state.withLock { state in
      let orders = state.orders
      state.orders = Orders()
      return orders
    }
  }
}
