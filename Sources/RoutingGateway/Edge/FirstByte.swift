import NIOCore

/// Tells the guard of a connection that bytes have come, before the parser has them all.
final class FirstByte: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let guardian: MessageGuard

  init(_ guardian: MessageGuard) { self.guardian = guardian }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guardian.bytesCame()
    context.fireChannelRead(data)
  }
}
