import NIOCore
import Synchronization

/// The requests that are being answered, so that a gateway that stops can wait for them and, in the
/// end, cancel them.
final class RequestsUnderWay: Sendable {
  private struct State {
    var work: [UInt64: RequestWork] = [:]
    /// Connections whose request's body is still coming.
    var readings: [UInt64: any Channel] = [:]
    var next: UInt64 = 0
    var isStopping = false
    var isCancelled = false
  }

  private let state = Mutex(State())

  var count: Int { state.withLock { $0.work.count } }
  /// Told to stop: what is under way goes on, nothing new should come.
  var isStopping: Bool { state.withLock { $0.isStopping } }

  func add(_ work: RequestWork) -> UInt64 {
    let (number, isLate) = state.withLock { state in
      state.next += 1
      state.work[state.next] = work
      return (state.next, state.isCancelled)
    }
    if isLate { work.stop() }
    return number
  }

  func remove(_ number: UInt64) {
    state.withLock { _ = $0.work.removeValue(forKey: number) }
  }

  /// The body of a request is read off this connection.
  func addReading(_ channel: any Channel) -> UInt64 {
    let (number, isLate) = state.withLock { state in
      state.next += 1
      state.readings[state.next] = channel
      return (state.next, state.isCancelled)
    }
    if isLate { channel.triggerUserOutboundEvent(EndOfReading(), promise: nil) }
    return number
  }

  func removeReading(_ number: UInt64) {
    state.withLock { _ = $0.readings.removeValue(forKey: number) }
  }

  func stop() { state.withLock { $0.isStopping = true } }

  /// Each settles what it has spent, writes its row, and tells its caller.
  ///
  /// One that has not come whole is refused.
  func cancelAll() {
    let (works, readings) = state.withLock { state in
      state.isCancelled = true
      return (Array(state.work.values), Array(state.readings.values))
    }
    for work in works { work.stop() }
    for channel in readings { channel.triggerUserOutboundEvent(EndOfReading(), promise: nil) }
  }
}
