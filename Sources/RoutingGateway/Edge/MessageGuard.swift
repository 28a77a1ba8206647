import NIOCore
import NIOHTTP1

/// Stands between the parser and the requests of one connection.
///
/// What is ambiguous, too large or too slow is refused in the API's shape and its connection closed;
/// nothing that came behind it is looked at. Runs on the connection's event loop.
final class MessageGuard: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private enum Reading {
    /// Nothing of a request has come; a new connection has to say something soon.
    case nothing
    case head
    case body
    /// What comes is thrown away.
    case refused
  }

  /// A request given on whose answer has not ended.
  private struct Open {
    let version: HTTPVersion
    /// Its answer has a head only.
    let isHead: Bool
    let isLast: Bool
  }

  private let limits: GatewayLimits
  private let rules: MessageRules
  /// Hears of what is refused, and names it.
  private let refused: (APIProblem) -> String
  private var reading = Reading.nothing
  /// Until when what is awaited must have come; nil where nothing is.
  private var deadline: NIODeadline?
  /// Until when the next piece of a body must have come; nil where none is waited for.
  private var silenceEnd: NIODeadline?
  /// Goes off at the deadline or before it, and is set again then: a connection has a new deadline
  /// with every head and body, and a timer for each would cost more than looking at the time.
  private var alarm: (time: NIODeadline, task: Scheduled<Void>)?
  /// Until when a caller who reads nothing is waited for; nil while there is nothing to be read.
  private var patience: NIODeadline?
  /// Goes off then or before, like the alarm: most answers are read at once.
  private var stall: Scheduled<Void>?
  private var open = CircularBuffer<Open>()
  private var hasBegunAnswer = false
  /// A request has come after which the connection is closed: none behind it is looked at.
  private var hasLast = false
  /// The gateway has been told to stop: the connection is closed when its answers are out.
  private var isStopping = false
  /// To be sent when the answers before it have ended.
  private var waiting: APIProblem?
  private var isClosing = false
  private var context: ChannelHandlerContext?

  init(limits: GatewayLimits, refused: @escaping (APIProblem) -> String) {
    self.limits = limits
    self.refused = refused
    rules = MessageRules(limits: limits)
  }

  // MARK: What comes

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    if context.channel.isActive { start(limits.headerSeconds, context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    silence()
    stall?.cancel()
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    start(limits.headerSeconds, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    silence()
    stall?.cancel()
    context.fireChannelInactive()
  }

  /// The bytes that come next are on their way to the parser.
  func bytesCame() {
    guard reading == .nothing, let context else { return }
    reading = .head
    // The first request's time began with the connection.
    if deadline == nil { start(limits.headerSeconds, context) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard reading != .refused else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): take(head, context)
    case .body:
      awaitPiece(context)
      context.fireChannelRead(data)
    case .end:
      deadline = nil
      silenceEnd = nil
      reading = .nothing
      // Trailers are nobody's business: they come too late for every check.
      context.fireChannelRead(wrapInboundOut(.end(nil)))
    }
  }

  private func take(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    if hasLast { return ignore(context) }
    do throws(APIProblem) {
      try rules.check(head)
    } catch {
      return refuse(error, context)
    }
    reading = .body
    start(limits.bodySeconds, context)
    awaitPiece(context)
    // Whoever speaks HTTP/1.0 may know no other end of an answer than that of its connection.
    hasLast = !head.isKeepAlive || head.version == .http1_0
    open.append(Open(version: head.version, isHead: head.method == .HEAD, isLast: hasLast))
    if isToGoOn(head) {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
        promise: nil)
    }
    var head = head
    if hasLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  /// Whether it asks for leave to send its body, and a body that long is read.
  private func isToGoOn(_ head: HTTPRequestHead) -> Bool {
    guard head.headers.contains(name: "expect"), head.version == .http1_1, open.count == 1 else {
      return false
    }
    guard let length = head.headers.first(name: "content-length") else { return true }
    return Int(length).map { $0 <= limits.bodyBytes } ?? false
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // Until more is asked for, its sender is not the one who is slow.
    silenceEnd = nil
    context.fireChannelReadComplete()
    // Whoever reads above has no reason to go on; what still comes is thrown away, so that the
    // answer is not lost to a reset.
    if reading == .refused { context.read() }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else {
      context.fireErrorCaught(error)
      return
    }
    let wasInBody = reading == .body
    refuse(APIProblem(error), context)
    if wasInBody { context.fireErrorCaught(error) }
  }

  /// The gateway's own time is up: what has not come by now is not waited for.
  func triggerUserOutboundEvent(
    context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
  ) {
    guard event is EndOfReading else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    if reading == .body {
      refuse(.stopping, context)
      context.fireErrorCaught(HTTPParserError.closedConnection)
    }
    promise?.succeed()
  }

  // MARK: Time

  /// More is read, once there is room for it.
  func read(context: ChannelHandlerContext) {
    if reading == .body, silenceEnd == nil { awaitPiece(context) }
    context.read()
  }

  private func awaitPiece(_ context: ChannelHandlerContext) {
    let end = NIODeadline.now() + .seconds(limits.bodyIdleSeconds)
    silenceEnd = end
    if let alarm, alarm.time <= end { return }
    setAlarm(end, context)
  }

  private func start(_ seconds: Int64, _ context: ChannelHandlerContext) {
    let deadline = NIODeadline.now() + .seconds(seconds)
    self.deadline = deadline
    if let alarm, alarm.time <= deadline { return }
    setAlarm(deadline, context)
  }

  private func setAlarm(_ time: NIODeadline, _ context: ChannelHandlerContext) {
    alarm?.task.cancel()
    let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
    let task = context.eventLoop.scheduleTask(deadline: time) { loopBound.value.goOff() }
    alarm = (time, task)
  }

  private func silence() {
    alarm?.task.cancel()
    alarm = nil
    deadline = nil
    silenceEnd = nil
  }

  private func goOff() {
    alarm = nil
    guard let context, let deadline else { return }
    let next = silenceEnd.map { min($0, deadline) } ?? deadline
    if NIODeadline.now() < next { return setAlarm(next, context) }
    let isSilent = next < deadline
    self.deadline = nil
    timeIsUp(context, isSilent: isSilent)
  }

  private func timeIsUp(_ context: ChannelHandlerContext, isSilent: Bool) {
    switch reading {
    case .nothing: context.close(promise: nil)
    case .head: refuse(.tooSlow("head of the request", seconds: limits.headerSeconds), context)
    case .body:
      refuse(
        isSilent
          ? .tooSlow("next piece of the body", seconds: limits.bodyIdleSeconds)
          : .tooSlow("body of the request", seconds: limits.bodySeconds), context)
      context.fireErrorCaught(HTTPParserError.closedConnection)
    case .refused: return
    }
  }

  /// A caller who reads nothing for so long is not waited for.
  func channelWritabilityChanged(context: ChannelHandlerContext) {
    patience = context.channel.isWritable ? nil : .now() + .seconds(limits.idleSeconds)
    if let patience, stall == nil { setStall(patience, context) }
    context.fireChannelWritabilityChanged()
  }

  private func setStall(_ time: NIODeadline, _ context: ChannelHandlerContext) {
    let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
    stall = context.eventLoop.scheduleTask(deadline: time) { loopBound.value.lookWhetherStalled() }
  }

  private func lookWhetherStalled() {
    stall = nil
    guard let context, let patience else { return }
    if NIODeadline.now() < patience { return setStall(patience, context) }
    abort()
  }

  private func abort() {
    isClosing = true
    context?.close(mode: .all, promise: nil)
  }

  // MARK: What goes out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !isClosing else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let head):
      hasBegunAnswer = head.status.code >= 200
      if isStopping, hasBegunAnswer, open.count == 1 { hasLast = true }
      context.write(wrapOutboundOut(.head(closing(head))), promise: promise)
    case .body:
      // Its length stands in the head; its bytes would be taken for the next answer.
      if open.first?.isHead == true {
        promise?.succeed()
      } else {
        context.write(data, promise: promise)
      }
    case .end:
      hasBegunAnswer = false
      _ = open.popFirst()
      context.write(data, promise: promise)
      if let waiting, open.isEmpty {
        self.waiting = nil
        send(waiting, context)
      }
    }
  }

  /// The head of the last answer says that it is the last; to HTTP/1.0 nothing is sent in chunks.
  private func closing(_ head: HTTPResponseHead) -> HTTPResponseHead {
    guard let request = open.first, hasBegunAnswer, request.isLast || (hasLast && open.count == 1)
    else { return head }
    var head = head
    head.version = request.version
    head.headers.replaceOrAdd(name: "connection", value: "close")
    return head
  }

  /// A connection on which something is still being sent is first closed on our side only: to close
  /// all of it would lose the answer to a reset.
  func close(
    context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
  ) {
    guard mode == .all, reading == .body, !isClosing else {
      context.close(mode: mode, promise: promise)
      return
    }
    reading = .refused
    linger(context)
    promise?.succeed()
  }

  private func refuse(_ problem: APIProblem, _ context: ChannelHandlerContext) {
    guard reading != .refused else { return }
    let isOfOpenRequest = reading == .body
    if hasLast, !isOfOpenRequest { return ignore(context) }
    reading = .refused
    silence()
    if isOfOpenRequest, open.isEmpty {
      // It has its answer: a second one would be taken for another request's.
      return linger(context)
    }
    // The request whose body is wrong is the last one under way, and its answer is this one.
    if isOfOpenRequest { open.removeLast() }
    if !open.isEmpty {
      waiting = problem
    } else if hasBegunAnswer {
      abort()
    } else {
      send(problem, context)
    }
  }

  /// What comes behind the last request gets no answer, not even that it is wrong.
  private func ignore(_ context: ChannelHandlerContext) {
    reading = .refused
    silence()
    context.read()
  }

  private func send(_ problem: APIProblem, _ context: ChannelHandlerContext) {
    let id = refused(problem)
    let body = problem.body(of: id)
    let headers: HTTPHeaders = [
      "content-type": "application/json", "content-length": String(body.count),
      "x-request-id": id, "connection": "close",
    ]
    let status = HTTPResponseStatus(statusCode: problem.status)
    context.write(
      wrapOutboundOut(
        .head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))),
      promise: nil)
    context.write(
      wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: body)))),
      promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    linger(context)
  }

  /// Says that nothing more comes from here, and waits a moment for the same from there.
  private func linger(_ context: ChannelHandlerContext) {
    isClosing = true
    context.flush()
    context.close(mode: .output, promise: nil)
    context.read()
    silence()
    let channel = context.channel
    let time = NIODeadline.now() + .seconds(2)
    let task = context.eventLoop.scheduleTask(deadline: time) {
      channel.close(mode: .all, promise: nil)
    }
    alarm = (time, task)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent { isStopping = true }
    if isClosing, let event = event as? ChannelEvent, event == .inputClosed {
      context.close(mode: .all, promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }
}
