import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// A connection: HTTP/1.1 within the limits, and a conversation over it.
struct GatewayChannel: ServerChildChannel {
  struct Connection: ServerChildChannelValue {
    let channel: any Channel
  }

  let limits: GatewayLimits
  let date: AnswerDate
  /// Hears of a message that is refused before it is a request, and names it.
  let refused: @Sendable (APIProblem) -> String
  let respond: Conversation.Respond

  /// Bytes of answers that wait on a connection for a caller who reads slowly.
  ///
  /// From the upper one on nothing more is written until the lower one is reached. A token, as there may
  /// be thousands: who reads as fast as it comes never has any.
  private static let waiting = ChannelOptions.Types.WriteBufferWaterMark(low: 128, high: 256)

  /// What is read of a request at once; a connection keeps it.
  private static let reading = AdaptiveRecvByteBufferAllocator(
    minimum: 512, initial: 1 << 10, maximum: 64 << 10)

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Connection> {
    channel.eventLoop.makeCompletedFuture {
      try channel.syncOptions?.setOption(.writeBufferWaterMark, value: Self.waiting)
      try channel.syncOptions?.setOption(.recvAllocator, value: Self.reading)
      let pipeline = channel.pipeline.syncOperations
      let guardian = MessageGuard(limits: limits, refused: refused)
      try pipeline.addHandlers([
        FirstByte(guardian), AnswerEncoder(date),
        ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: parserLimits)),
        guardian, HTTP1ToHTTPServerCodec(secure: false),
        HTTPConnectionStateHandler(idleTimeout: .seconds(limits.idleSeconds), logger: logger),
        Conversation(respond),
      ])
      return Connection(channel: channel)
    }
  }

  private var parserLimits: NIOHTTPDecoderLimitConfiguration {
    var parser = NIOHTTPDecoderLimitConfiguration()
    parser.maxHeaderFieldSize = limits.parsedBytes
    parser.maxHeaderListSize = limits.parsedBytes
    parser.maxHeaderFieldCount = limits.headerCount
    return parser
  }

  /// The connection serves itself: this waits for its end.
  func handle(value: Connection, logger: Logger) async {
    await withTaskCancellationHandler {
      // Never fails: a channel that could not be closed is none any more.
      try? await value.channel.closeFuture.get()
    } onCancel: {
      value.channel.close(mode: .all, promise: nil)
    }
  }
}
