import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// One request on its way to whoever answers it.
struct IncomingRequest: Sendable {
  let head: HTTPRequest
  let body: IncomingBody
  let outbox: AnswerOutbox
  let watch: CallerWatch
  let work: RequestWork
  let channel: any Channel
}

/// The last handler of a connection: makes a task of each request, one after the other, and sends what
/// it answers.
///
/// A request whose body comes with its head is handed over whole, and its task runs on the event loop
/// too: it steps away only where it waits. Runs on the connection's event loop.
final class Conversation: ChannelDuplexHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = HTTPResponsePart

  /// Answers a request; false where the connection has to end with it.
  typealias Respond = @Sendable (IncomingRequest) async -> Bool

  private struct Current {
    let request: IncomingRequest
    /// It came while another was being answered.
    let isBehind: Bool
    var hasBegun = false
    var isWhole = false
    var isAnswered = false

    /// Nobody asks for anything after it.
    var isLast: Bool { request.head.headerFields[.connection] == "close" }
  }

  private let respond: Respond
  private let watch = CallerWatch()
  private var outbox: AnswerOutbox?
  private var executor: LoopExecutor?
  private var current: Current?
  /// Parts of requests behind the current one.
  private var waiting = CircularBuffer<HTTPRequestPart>()
  private var awaitsRead = false
  private var isInputClosed = false
  private var context: ChannelHandlerContext?

  /// As many parts may wait before nothing more is read.
  private static let mostWaiting = 10

  init(_ respond: @escaping Respond) { self.respond = respond }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    outbox = AnswerOutbox { bound.eventLoop.execute { bound.value.send() } }
    executor = LoopExecutor(context.eventLoop)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    end()
    // Both know this handler.
    current = nil
    outbox = nil
    self.context = nil
  }

  // MARK: What comes

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    if waiting.isEmpty, isTurn(of: part, context) {
      take(part, context, isBehind: false)
    } else {
      waiting.append(part)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    // The rest of its body takes its time.
    begin()
    context.fireChannelReadComplete()
  }

  /// A request begins when the one before it is over and its answer is not in the way of this one's.
  private func isTurn(of part: HTTPRequestPart, _ context: ChannelHandlerContext) -> Bool {
    switch part {
    case .head: current == nil && context.channel.isWritable
    case .body, .end: true
    }
  }

  /// `isBehind` says that it waited for the answer before.
  private func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext, isBehind: Bool) {
    switch part {
    case .head(let head):
      guard let outbox else { return }
      let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
      let body = IncomingBody { bound.eventLoop.execute { bound.value.readOn() } }
      current = Current(
        request: IncomingRequest(
          head: head, body: body, outbox: outbox, watch: watch, work: RequestWork(),
          channel: context.channel),
        isBehind: isBehind)
    case .body(let bytes): current?.request.body.add(bytes)
    case .end:
      current?.isWhole = true
      current?.request.body.finish()
      begin()
      leaveAnswered()
    }
  }

  private func begin() {
    guard let current, !current.hasBegun, let context else { return }
    self.current?.hasBegun = true
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    // What is large takes its time, and every other connection of the loop would wait for it; so it would
    // for a row of requests that came at once, each of which begins where the one before it ends.
    let isQuick = current.isWhole && !current.isBehind && !current.request.body.isFull
    current.request.work.begin(on: isQuick ? executor : nil) {
      [respond, request = current.request] in
      if await !respond(request) { bound.eventLoop.execute { bound.value.giveUp() } }
    }
  }

  /// Takes up what waits, as far as its turn has come.
  private func goOn() {
    guard let context else { return }
    while let part = waiting.first, isTurn(of: part, context) {
      waiting.removeFirst()
      take(part, context, isBehind: true)
    }
    begin()
    readOn()
  }

  func read(context: ChannelHandlerContext) {
    // Reading is how a caller's leaving is noticed: it goes on while there is room for what comes.
    if waiting.count >= Self.mostWaiting || current?.request.body.isFull == true {
      awaitsRead = true
    } else {
      context.read()
    }
  }

  private func readOn() {
    guard awaitsRead, let context else { return }
    awaitsRead = false
    read(context: context)
  }

  // MARK: What goes out

  private func send() {
    guard let context, let parts = outbox?.take() else { return }
    var isAnswered = false
    for part in parts {
      if case .end = part { isAnswered = true }
      context.write(wrapOutboundOut(part), promise: nil)
    }
    context.flush()
    outbox?.set(takesMore: context.channel.isWritable)
    if isAnswered {
      current?.isAnswered = true
      current?.request.body.drop()
      leaveAnswered()
    }
  }

  /// A request is over when its answer has gone out and its body has come.
  private func leaveAnswered() {
    guard let current, current.isAnswered, let context else { return }
    if current.isLast || (isInputClosed && waiting.isEmpty) {
      context.close(mode: .output, promise: nil)
      // Whoever still sends its body has to get to where it reads the answer.
      readOn()
    } else if current.isWhole {
      self.current = nil
      goOn()
    } else {
      readOn()
    }
  }

  /// What is still to be said after an answer that ends the connection, or instead of one, is nothing.
  private func giveUp() {
    context?.close(mode: .output, promise: nil)
    context?.close(mode: .all, promise: nil)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    outbox?.set(takesMore: context.channel.isWritable)
    if context.channel.isWritable { goOn() }
    context.fireChannelWritabilityChanged()
  }

  // MARK: The end

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? ChannelEvent, event == .inputClosed {
      watch.leave()
      isInputClosed = true
      if current == nil, waiting.isEmpty { context.close(mode: .output, promise: nil) }
      breakOffBody()
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // What the parser did not understand has been answered below, where the connection ends too.
    if error is HTTPParserError {
      if waiting.isEmpty {
        watch.leave()
        breakOffBody()
      } else {
        dropBroken()
      }
    } else {
      watch.leave()
      breakOffBody()
      context.close(mode: .all, promise: nil)
    }
    context.fireErrorCaught(error)
  }

  /// The last of those that wait will not come whole; those before it are none the worse for it.
  private func dropBroken() {
    while let part = waiting.popLast() {
      if case .head = part { return }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  private func end() {
    watch.leave()
    outbox?.close()
    waiting = []
    breakOffBody()
  }

  private func breakOffBody() { current?.request.body.breakOff() }
}
