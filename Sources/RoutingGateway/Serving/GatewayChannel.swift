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
  /// Hears of a message that is refused before it is a request, and names it.
  let refused: @Sendable (APIProblem) -> String
  let respond: Conversation.Respond

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Connection> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let guardian = MessageGuard(limits: limits, refused: refused)
      try pipeline.addHandlers([
        FirstByte(guardian), AnswerEncoder(),
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
