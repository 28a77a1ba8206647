import NIOCore
import NIOPosix
import Synchronization

/// A caller who writes bytes as they are and keeps everything that comes back.
final class RawCaller: Sendable {
  private let channel: any Channel
  private let ear: Ear

  static func connect(to port: Int, isReading: Bool = true) async throws -> RawCaller {
    let ear = Ear()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.autoRead, value: isReading)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ear)
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    return RawCaller(channel, ear)
  }

  /// One message on a connection of its own, and what came back until it was closed or nothing more
  /// came for a while.
  static func ask(_ message: String, of port: Int) async throws -> Heard {
    let caller = try await connect(to: port)
    // The server may close before it has all.
    try? await caller.send(message)
    let heard = try await caller.heard { $0.isClosed }
    try? await caller.close()
    return heard
  }

  private init(_ channel: any Channel, _ ear: Ear) {
    self.channel = channel
    self.ear = ear
  }

  func send(_ text: String) async throws {
    try await send(ByteBuffer(string: text))
  }

  func send(_ bytes: ByteBuffer) async throws {
    try await channel.writeAndFlush(bytes)
  }

  /// One who did not read until now reads all that comes.
  func read() async throws { try await channel.setOption(.autoRead, value: true).get() }

  func close() async throws { try await channel.close() }

  /// Waits until it is so, at most `seconds`.
  func heard(
    within seconds: Double = 20, _ isEnough: (Heard) -> Bool
  ) async throws -> Heard {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while clock.now < end {
      let heard = ear.heard
      if isEnough(heard) { return heard }
      try await Task.sleep(for: .milliseconds(2))
    }
    return ear.heard
  }

  struct Heard: Sendable {
    var bytes = ByteBuffer()
    var isClosed = false

    var text: String { String(buffer: bytes) }
    /// Of every answer, in order.
    var statuses: [Int] {
      let text = text.replacing("HTTP/1.0 ", with: "HTTP/1.1 ")
      return text.split(separator: "HTTP/1.1 ").dropFirst(text.hasPrefix("HTTP/1.1 ") ? 0 : 1)
        .compactMap { Int($0.prefix(3)) }
    }
    /// Of the last answer.
    var body: String {
      text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
    }
  }

  private final class Ear: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let state = Mutex(Heard())

    var heard: Heard { state.withLock { $0 } }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      var bytes = unwrapInboundIn(data)
      state.withLock { _ = $0.bytes.writeBuffer(&bytes) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if let event = event as? ChannelEvent, event == .inputClosed { close() }
    }

    func channelInactive(context: ChannelHandlerContext) { close() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      close()
      context.close(promise: nil)
    }

    private func close() { state.withLock { $0.isClosed = true } }
  }
}
