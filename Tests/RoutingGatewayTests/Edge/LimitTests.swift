import NIOCore
import RoutingGateway
import Testing

@Suite(.serialized) struct `The limits of one request` {
  static let policy = "otherwise { use cheap }"

  private static func chat(_ content: String) -> String {
    #"{"model":"auto","messages":[{"role":"user","content":"\#(content)"}]}"#
  }

  private static func post(
    _ body: String, path: String = "/v1/decisions", _ headers: String = ""
  ) -> String {
    "POST \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(headers)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  /// A body of exactly so many bytes that is valid, most of it unknown to us.
  private static func body(of bytes: Int) -> String {
    let start = #"{"model":"auto","messages":[{"role":"user","content":"hi"}],"metadata":{"x":""#
    return start + String(repeating: "a", count: bytes - start.utf8.count - 3) + "\"}}"
  }

  @Test(arguments: [(0, false), (1, true)])
  func `a body of 10 MiB is read and one byte more is not`(over: Int, isRefused: Bool) async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      let heard = try await RawCaller.ask(
        Self.post(Self.body(of: (10 << 20) + over)), of: ground.port)
      #expect(heard.statuses.count == 1, "\(heard.text.prefix(300))")
      #expect((heard.statuses == [413]) == isRefused, "\(heard.text.prefix(300))")
      #expect(heard.isClosed)
      if isRefused { #expect(heard.body.contains(#""code":"request_too_large""#)) }
    }
  }

  @Test(arguments: [(0, false), (1, true)])
  func `chunks come to the same limit`(over: Int, isRefused: Bool) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let body = Self.body(of: (10 << 20) + over)
      var message = "POST /v1/decisions HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
      message += "Transfer-Encoding: chunked\r\n\r\n"
      var rest = body[...]
      while !rest.isEmpty {
        let piece = rest.prefix(1 << 20)
        rest = rest.dropFirst(piece.count)
        message += "\(String(piece.utf8.count, radix: 16))\r\n\(piece)\r\n"
      }
      let heard = try await RawCaller.ask(message + "0\r\n\r\n", of: ground.port)
      #expect((heard.statuses == [413]) == isRefused, "\(heard.text.prefix(300))")
      #expect(heard.statuses.count == 1)
    }
  }

  @Test(arguments: [(64, true), (65, false)])
  func `JSON is read 64 deep`(depth: Int, isRead: Bool) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      // The object itself is the first level.
      let nested =
        String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
      let body = #"{"model":"auto","messages":[{"role":"user","content":"hi"}],"x":\#(nested)}"#
      let heard = try await RawCaller.ask(Self.post(body), of: ground.port)
      #expect(heard.statuses == [isRead ? 200 : 400], "\(heard.text.prefix(300))")
    }
  }

  @Test(arguments: [(256, 200), (257, 431), (300, 431), (5_000, 431)])
  func `256 headers are taken`(count: Int, status: Int) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      var head = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
      for n in 0..<(count - 2) { head += "x-\(n): 1\r\n" }
      let heard = try await RawCaller.ask(head + "\r\n", of: ground.port)
      #expect(heard.statuses == [status], "\(heard.text.prefix(300))")
      #expect(heard.isClosed)
    }
  }

  @Test(arguments: [(65_536, 200), (65_537, 431), (100_000, 431), (10_000_000, 431)])
  func `64 KiB of headers are taken`(bytes: Int, status: Int) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let start = "Host: a\r\nConnection: close\r\n"
      let value = String(repeating: "a", count: bytes - start.utf8.count - "x: \r\n".utf8.count)
      let heard = try await RawCaller.ask(
        "GET /healthz HTTP/1.1\r\n\(start)x: \(value)\r\n\r\n", of: ground.port)
      #expect(heard.statuses == [status], "\(heard.text.prefix(300))")
      #expect(heard.isClosed)
    }
  }

  @Test(arguments: [(8_192, [200]), (8_193, [414]), (70_000, [414, 431]), (1_000_000, [431])])
  func `a target of 8 KiB is taken`(bytes: Int, statuses: [Int]) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let path = "/healthz?" + String(repeating: "a", count: bytes - "/healthz?".utf8.count)
      let heard = try await RawCaller.ask(
        "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", of: ground.port)
      #expect(heard.statuses.count == 1)
      #expect(statuses.contains(heard.statuses.first ?? 0), "\(heard.text.prefix(300))")
      #expect(heard.body.hasPrefix(#"{"#))
    }
  }

  @Test(arguments: ["gzip", "br", "deflate", "zstd", "identity, gzip", "GZIP", "made-up"])
  func `an encoded body is refused by name`(encoding: String) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let heard = try await RawCaller.ask(
        Self.post(Self.chat("hi"), "Content-Encoding: \(encoding)\r\n"), of: ground.port)
      #expect(heard.statuses == [415], "\(heard.text)")
      #expect(heard.isClosed)
      #expect(heard.body.contains("`\(encoding)`"))
    }
  }

  @Test func `who asks before sending a body hears that it may go on`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let body = Self.chat("hi")
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send(
        "POST /v1/decisions HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n")
      let early = try await caller.heard { !$0.statuses.isEmpty }
      #expect(early.statuses == [100])
      try await caller.send(body)
      let heard = try await caller.heard { $0.statuses.count == 2 }
      #expect(heard.statuses == [100, 200], "\(heard.text)")
      try await caller.close()
    }
  }

  @Test func `who asks before sending a body that is too large hears only that it is`()
    async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send(
        "POST /v1/decisions HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
          + "Content-Length: \((10 << 20) + 1)\r\n\r\n")
      let heard = try await caller.heard { $0.isClosed }
      #expect(heard.isClosed)
      #expect(heard.statuses == [413], "\(heard.text)")
      try? await caller.close()
    }
  }

  @Test func `a thousand requests one after another on one connection are all answered`()
    async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      let caller = try await RawCaller.connect(to: ground.port)
      let one = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
      for _ in 0..<10 { try await caller.send(String(repeating: one, count: 100)) }
      let heard = try await caller.heard { $0.statuses.count == 1_000 || $0.isClosed }
      #expect(heard.statuses == Array(repeating: 200, count: 1_000))
      try await caller.close()
    }
  }
}
