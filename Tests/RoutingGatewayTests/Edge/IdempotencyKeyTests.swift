import NIOCore
import StandInProvider
import Testing

@Suite(.serialized) struct `An idempotency key` {
  private static let path = "/v1/chat/completions"

  /// The answer to a request whose key is these bytes.
  private static func ask(
    _ key: [UInt8], _ path: String, _ body: String, of ground: GatewayGround
  ) async throws -> RawCaller.Heard {
    var message = ByteBuffer(
      string: "POST \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\nIdempotency-Key: ")
    message.writeBytes(key)
    message.writeString("\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    let caller = try await RawCaller.connect(to: ground.port)
    try await caller.send(message)
    let heard = try await caller.heard { $0.isClosed }
    try? await caller.close()
    return heard
  }

  @Test(arguments: [
    (path, GatewayGround.chat("hello")),
    ("/v1/embeddings", #"{"model":"small","input":"hello"}"#),
  ])
  func `that is no UTF-8 is refused, as it would read like another`(
    path: String, body: String
  ) async throws {
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      for key: [UInt8] in [[0x61, 0xFF], [0x61, 0xFE], [0xC3], [0x61, 0xEF, 0xBF, 0xBD]] {
        let heard = try await Self.ask(key, path, body, of: ground)
        #expect(heard.statuses == [400], "\(heard.text)")
        #expect(heard.body.contains(#""code":"invalid_header""#), "\(heard.text)")
        #expect(heard.body.contains(#""param":"idempotency-key""#), "\(heard.text)")
      }
      #expect(ground.standIn.stats.calls == 0)
    }
  }

  @Test func `may be any text`() async throws {
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      for _ in 0..<2 {
        let heard = try await Self.ask(
          Array("schlüssel-鍵".utf8), Self.path, GatewayGround.chat("hello"), of: ground)
        #expect(heard.statuses == [200], "\(heard.text)")
      }
      #expect(ground.standIn.stats.calls == 1)
    }
  }
}
