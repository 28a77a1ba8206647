import NIOCore
import NIOHTTP1

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One connection: reads requests, plays what the desk says, one after the other.
///
/// Writes raw bytes, so that an answer can be wrong in every way.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let desk: Desk
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var waiting: [IncomingRequest] = []
  private var isAnswering = false
  private var isOver = false
  /// The number of the call that is being answered, until its end has been told.
  private var call: Int?
  /// What is left of the answer, the next step last.
  private var steps: [Step] = []
  private var isPlaying = false
  private var mayGoOn = true

  private static let mostBytes = 64 << 20
  private static let slice = 64 << 10

  init(desk: Desk) { self.desk = desk }

  func channelActive(context: ChannelHandlerContext) { desk.connectionOpened() }

  func channelInactive(context: ChannelHandlerContext) {
    desk.connectionClosed(whileAnswering: isAnswering && !isOver)
    isOver = true
    tellEnd(.hungUp)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
      if head.headers["expect"].contains("100-continue") {
        let goOn = context.channel.allocator.buffer(string: "HTTP/1.1 100 Continue\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(goOn), promise: nil)
      }
    case .body(let buffer):
      guard body.count + buffer.readableBytes <= Self.mostBytes else {
        return context.close(promise: nil)
      }
      body.append(contentsOf: buffer.readableBytesView)
    case .end:
      guard let head else { return }
      self.head = nil
      waiting.append(IncomingRequest(head, body: body))
      body = []
      answerNext(context)
    }
  }

  private func answerNext(_ context: ChannelHandlerContext) {
    guard !isAnswering, !isOver, !waiting.isEmpty else { return }
    isAnswering = true
    let answer = desk.play(waiting.removeFirst())
    steps = answer.steps.reversed()
    call = answer.call
    play(context)
  }

  private func tellEnd(_ ending: CallEvent.Ending) {
    guard let call else { return }
    self.call = nil
    desk.ended(call, ending)
  }

  /// Plays steps until one takes time; called again when it is done.
  ///
  /// A loop and not a recursion: most writes are done at once, and an answer may have thousands.
  private func play(_ context: ChannelHandlerContext) {
    mayGoOn = true
    guard !isPlaying else { return }
    isPlaying = true
    while mayGoOn, !isOver, let step = steps.popLast() { play(step, context) }
    isPlaying = false
    if mayGoOn, !isOver, isAnswering {
      isAnswering = false
      tellEnd(.whole)
      answerNext(context)
    }
  }

  private func play(_ step: Step, _ context: ChannelHandlerContext) {
    switch step {
    case .send(let bytes): write(bytes, context)
    case .fill(let byte, let count):
      guard count > 0 else { return }
      let size = min(count, Self.slice)
      steps.append(.fill(byte, count: count - size))
      write([UInt8](repeating: byte, count: size), context)
    case .flood(let bytes):
      guard !bytes.isEmpty else { return }
      steps.append(step)
      write(bytes, context)
    case .drip(let bytes, let pause):
      guard let first = bytes.first else { return }
      steps.append(.drip(Array(bytes.dropFirst()), every: pause))
      steps.append(.pause(pause))
      write([first], context)
    case .pause(let pause):
      mayGoOn = false
      context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(pause)) {
        self.play(context)
      }
    case .close:
      isOver = true
      tellEnd(.broken)
      context.close(promise: nil)
    case .reset:
      isOver = true
      tellEnd(.broken)
      reset(context)
    case .hang: mayGoOn = false
    }
  }

  /// Writes, and goes on when the bytes are with the system: a slow reader slows the answer down.
  private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    mayGoOn = false
    context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: bytes)))
      .assumeIsolated().whenSuccess {
        self.desk.sent(bytes.count)
        self.play(context)
      }
  }

  /// Closes without lingering: what is not sent yet is thrown away and the other side gets a reset.
  private func reset(_ context: ChannelHandlerContext) {
    guard let socket = context.channel as? any SocketOptionProvider else {
      return context.close(promise: nil)
    }
    socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated().whenComplete { _ in
      context.close(promise: nil)
    }
  }
}

extension IncomingRequest {
  fileprivate init(_ head: HTTPRequestHead, body: [UInt8]) {
    method = head.method.rawValue
    path = head.uri.split(separator: "?", maxSplits: 1).first.map(String.init) ?? "/"
    let parts = head.uri.split(separator: "?", maxSplits: 1)
    for pair in parts.count == 2 ? parts[1].split(separator: "&") : [] {
      let sides = pair.split(separator: "=", maxSplits: 1)
      query[String(sides[0])] = sides.count == 2 ? String(sides[1]) : ""
    }
    headers = Dictionary(
      head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
    self.body = body
  }
}
