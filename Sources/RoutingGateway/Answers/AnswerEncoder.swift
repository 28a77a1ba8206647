import NIOCore
import NIOHTTP1

/// Writes answers the way HTTP/1.1 spells them.
///
/// In the place of NIO's own encoder, whose bytes these are: that one searches the headers for the body's
/// framing again and again and copies each name, each value and what stands between them by itself. Here
/// a head is written in one look at its headers, where it is sent from, and a chunk is one buffer.
final class AnswerEncoder: ChannelOutboundHandler {
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = IOData

  private let date: AnswerDate
  /// Of the answer under way.
  private var isChunked = false
  /// More bytes than most heads have.
  private static let usualHead = 1_024

  init(_ date: AnswerDate) { self.date = date }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head):
      var bytes: [UInt8] = []
      bytes.reserveCapacity(Self.usualHead)
      isChunked = bytes.write(head, date)
      send(context.channel.allocator.buffer(bytes: bytes), context, promise)
    case .body(.byteBuffer(let bytes)) where isChunked:
      // An empty chunk would be the end.
      send(bytes.readableBytes == 0 ? bytes : chunk(bytes, context), context, promise)
    case .body(let body): context.write(wrapOutboundOut(body), promise: promise)
    case .end where isChunked:
      send(context.channel.allocator.buffer(string: "0\r\n\r\n"), context, promise)
    case .end:
      // Nothing to write; whoever waits hears of it behind what was.
      if promise != nil { send(ByteBuffer(), context, promise) }
    }
  }

  /// Pieces of a stream are small: to copy one costs less than to send three.
  private func chunk(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) -> ByteBuffer {
    var chunk = context.channel.allocator.buffer(capacity: bytes.readableBytes + 20)
    chunk.writeString(String(bytes.readableBytes, radix: 16))
    chunk.writeString("\r\n")
    chunk.writeImmutableBuffer(bytes)
    chunk.writeString("\r\n")
    return chunk
  }

  private func send(
    _ bytes: ByteBuffer, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?
  ) {
    context.write(wrapOutboundOut(.byteBuffer(bytes)), promise: promise)
  }
}

extension [UInt8] {
  /// Writes the head of an answer as it is sent, with what says where its body ends.
  ///
  /// An array takes many small texts with less ado than a buffer does, and the buffer takes the array at
  /// once.
  ///
  /// True if the body goes out in chunks: there may be one, and nothing says how long it is.
  fileprivate mutating func write(_ head: HTTPResponseHead, _ date: AnswerDate) -> Bool {
    let mayHaveBody = head.status.mayHaveResponseBody
    var hasLength = false
    append(head.version == .http1_0 ? "HTTP/1.0 " : "HTTP/1.1 ")
    append(String(head.status.code))
    append(" ")
    append(head.status.reasonPhrase)
    append("\r\n")
    // What only says that the request may go on is no answer.
    if head.status.code >= 200 { append(date.line) }
    for (name, value) in head.headers {
      // How the body is framed is said here alone, and an answer without one has no length.
      if name.utf8.count == 17, name.lowercased() == "transfer-encoding" { continue }
      if name.utf8.count == 14, name.lowercased() == "content-length" {
        guard mayHaveBody else { continue }
        hasLength = true
      }
      append(name)
      append(": ")
      append(value)
      append("\r\n")
    }
    let isChunked = mayHaveBody && !hasLength && head.version == .http1_1
    append(isChunked ? "transfer-encoding: chunked\r\n\r\n" : "\r\n")
    return isChunked
  }

  private mutating func append(_ text: String) { append(contentsOf: text.utf8) }
}
