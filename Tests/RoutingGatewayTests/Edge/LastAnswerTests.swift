import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import RoutingGateway

/// What a connection says and hears once the gateway has been told to stop.
@Suite struct `The last answer of a connection` {
  private static func connection() throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(
      MessageGuard(limits: GatewayLimits()) { _ in "a name" })
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  private static func ask(_ channel: EmbeddedChannel) throws {
    let head = HTTPRequestHead(
      version: .http1_1, method: .GET, uri: "/healthz", headers: ["host": "a"])
    try channel.writeInbound(HTTPServerRequestPart.head(head))
    try channel.writeInbound(HTTPServerRequestPart.end(nil))
  }

  /// Requests that were given on since this was last asked.
  private static func taken(_ channel: EmbeddedChannel) throws -> Int {
    var count = 0
    while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
      if case .head = part { count += 1 }
    }
    return count
  }

  /// What the head of an answer says of the connection.
  private static func begin(_ channel: EmbeddedChannel) throws -> [String] {
    try channel.writeOutbound(
      HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .ok)))
    while let part = try channel.readOutbound(as: HTTPServerResponsePart.self) {
      if case .head(let head) = part { return head.headers["connection"] }
    }
    return ["nothing was sent"]
  }

  private static func end(_ channel: EmbeddedChannel) throws {
    try channel.writeOutbound(HTTPServerResponsePart.end(nil))
  }

  private static func stop(_ channel: EmbeddedChannel) {
    channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
  }

  @Test func `says so when the gateway stops, and nothing behind it is taken`() throws {
    let channel = try Self.connection()
    try Self.ask(channel)
    #expect(try Self.taken(channel) == 1)
    Self.stop(channel)
    #expect(try Self.begin(channel) == ["close"])
    try Self.ask(channel)
    #expect(try Self.taken(channel) == 0)
    try Self.end(channel)
  }

  @Test func `is that of the last request that has come`() throws {
    let channel = try Self.connection()
    try Self.ask(channel)
    try Self.ask(channel)
    Self.stop(channel)
    #expect(try Self.begin(channel) == [])
    try Self.end(channel)
    #expect(try Self.begin(channel) == ["close"])
    try Self.end(channel)
  }

  @Test func `is none while the gateway goes on`() throws {
    let channel = try Self.connection()
    for _ in 0..<2 {
      try Self.ask(channel)
      #expect(try Self.taken(channel) == 1)
      #expect(try Self.begin(channel) == [])
      try Self.end(channel)
    }
    _ = try channel.finish()
  }
}
