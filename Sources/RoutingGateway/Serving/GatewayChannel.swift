import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection: HTTP/1.1 within the limits, and a watch on its caller.
struct GatewayChannel: ServerChildChannel {
  typealias Respond =
    @Sendable (Request, consuming ResponseWriter, Connection) async throws -> Void

  struct Connection: ServerChildChannelValue {
    let http: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    let watch: CallerWatch

    var channel: any Channel { http.channel }
  }

  let limits: GatewayLimits
  /// Hears of a message that is refused before it is a request, and names it.
  let refused: @Sendable (APIProblem) -> String
  let respond: Respond

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Connection> {
    let watch = CallerWatch()
    return http1(watch) { _, _, _ in }.setup(channel: channel, logger: logger).flatMapThrowing {
      try add(MessageGuard(limits: limits, refused: refused), to: channel)
      return Connection(http: $0, watch: watch)
    }
  }

  /// Between the parser and what makes requests of its parts.
  private func add(_ guardian: MessageGuard, to channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
    try pipeline.addHandler(guardian, position: .before(codec))
    try pipeline.addHandler(FirstByte(guardian), position: .first)
  }

  func handle(value: Connection, logger: Logger) async {
    await http1(value.watch) { request, writer, _ in
      try await respond(request, writer, value)
    }.handle(value: value.http, logger: logger)
  }

  private func http1(
    _ watch: CallerWatch, _ responder: @escaping HTTPChannelHandler.Responder
  ) -> HTTP1Channel {
    HTTP1Channel(
      responder: responder,
      configuration: .init(
        additionalChannelHandlers: [watch], idleTimeout: .seconds(limits.idleSeconds),
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: limits.parsedBytes, maxHeaderListSize: limits.parsedBytes,
          maxHeaderFieldCount: limits.headerCount)))
  }
}
