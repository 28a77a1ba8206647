import NIOCore
import NIOHTTPTypes
import Synchronization

/// Notices that the caller of a connection has gone, while a request of its is under way.
///
/// One per connection. A caller that closes its side of the connection is gone: nothing reads what is
/// still to be said.
final class CallerWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
  typealias InboundIn = HTTPRequestPart

  private struct State {
    var isGone = false
    var task: Task<Void, Never>?
  }

  private let state = Mutex(State())

  /// Runs `body` in a task of its own, cancelled when the caller goes or this task is cancelled.
  ///
  /// One at a time.
  func whileHere(
    among underWay: RequestsUnderWay, _ body: @escaping @Sendable () async -> Void
  ) async {
    let task = Task { await body() }
    let number = underWay.add(task)
    defer { underWay.remove(number) }
    let isGone = state.withLock { state in
      state.task = task
      return state.isGone
    }
    if isGone { task.cancel() }
    await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    state.withLock { $0.task = nil }
  }

  var isGone: Bool { state.withLock { $0.isGone } }

  private func leave() {
    let task = state.withLock { state in
      state.isGone = true
      return state.task
    }
    task?.cancel()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed { leave() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    leave()
    context.fireErrorCaught(error)
  }
}
