import NIOCore
import NIOPosix
import Synchronization

/// A provider that keeps every byte it is sent, and answers as it is told.
final class RecordingWall: Sendable {
  private let channel: any Channel
  private let book: Book

  var port: Int { channel.localAddress?.port ?? 0 }
  /// Of every request, from its first line to the end of its body.
  var requests: [String] { book.requests.withLock { $0 } }
  var connections: Int { book.connections.withLock { $0 } }

  private final class Book: Sendable {
    let requests = Mutex<[String]>([])
    let connections = Mutex(0)
  }

  /// A whole completion.
  static func completion(_ request: String) -> String {
    let body =
      #"{"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"#
      + #""message":{"role":"assistant","content":"fine"},"finish_reason":"stop"}],"#
      + #""usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}"#
    return answer("200 OK", body)
  }

  /// `more` are header lines, each with its end.
  static func answer(_ status: String, _ body: String, more: String = "") -> String {
    "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\n\(more)"
      + "content-length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  static func start(
    answering: @escaping @Sendable (_ request: String) -> String = { completion($0) }
  ) async throws -> RecordingWall {
    let book = Book()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          book.connections.withLock { $0 += 1 }
          try channel.pipeline.syncOperations.addHandler(Reader(book, answering))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return RecordingWall(channel, book)
  }

  private init(_ channel: any Channel, _ book: Book) {
    self.channel = channel
    self.book = book
  }

  func stop() async { try? await channel.close() }

  private final class Reader: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let book: Book
    private let answering: @Sendable (String) -> String
    private let text = Mutex("")

    init(_ book: Book, _ answering: @escaping @Sendable (String) -> String) {
      self.book = book
      self.answering = answering
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let piece = String(buffer: unwrapInboundIn(data))
      let whole = text.withLock { text -> String? in
        text += piece
        guard Self.isWhole(text) else { return nil }
        defer { text = "" }
        return text
      }
      guard let whole else { return }
      book.requests.withLock { $0.append(whole) }
      context.writeAndFlush(
        wrapOutboundOut(ByteBuffer(string: answering(whole))), promise: nil)
    }

    private static func isWhole(_ text: String) -> Bool {
      guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
      let length = text[..<end.lowerBound].split(separator: "\r\n").compactMap { line in
        line.lowercased().hasPrefix("content-length:")
          ? Int(line.dropFirst(15).trimmingPrefix(" ")) : nil
      }.first
      return text[end.upperBound...].utf8.count >= length ?? 0
    }
  }
}
