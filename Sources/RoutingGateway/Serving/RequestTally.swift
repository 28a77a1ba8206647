import RoutingBudgets
import RoutingService
import Synchronization

/// What becomes of one request while it is served, for metrics and the log.
final class RequestTally: Sendable {
  private struct State: Sendable {
    var ending: ServedRequest.Ending?
    var status = 0
    var isStreamed = false
    var firstByte: Duration?
    var bodyBytes = 0
  }

  let id: RequestID
  private let began = ContinuousClock.now
  private let state = Mutex(State())

  init(_ id: RequestID) { self.id = id }

  /// What it came to; the first word counts.
  func end(_ ending: ServedRequest.Ending) {
    state.withLock { state in
      if state.ending == nil { state.ending = ending }
    }
  }

  func received(_ bytes: Int) { state.withLock { $0.bodyBytes = bytes } }

  /// The head of its answer goes out.
  func answers(_ status: Int, streaming: Bool) {
    let firstByte = ContinuousClock.now - began
    state.withLock { state in
      state.status = status
      state.isStreamed = streaming
      state.firstByte = firstByte
    }
  }

  /// After the last byte.
  func served(_ route: GatewayRoute?) -> ServedRequest {
    let took = ContinuousClock.now - began
    let state = state.withLock { $0 }
    var served = ServedRequest(id, route, status: state.status, state.ending ?? .plain)
    served.isStreamed = state.isStreamed
    served.took = took
    served.firstByte = state.firstByte
    served.bodyBytes = state.bodyBytes
    return served
  }
}
