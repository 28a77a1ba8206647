import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

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
  let respond: Respond

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Connection> {
    let watch = CallerWatch()
    return http1(watch) { _, _, _ in }.setup(channel: channel, logger: logger).map {
      Connection(http: $0, watch: watch)
    }
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
          maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
          maxHeaderFieldCount: limits.headerCount)))
  }
}
