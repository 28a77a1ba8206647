import Testing

@Suite(.serialized) struct `Requests behind one another` {
  static let policy = "otherwise { use cheap }"
  private static let health = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"

  private static func chat(_ more: String = "", version: String = "1.1", header: String = "")
    -> String
  {
    let body = GatewayGround.chat("hello", more: more)
    return "POST /v1/chat/completions HTTP/\(version)\r\nHost: a\r\n\(header)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  @Test(arguments: ["/healthz", "/v1/models", "/v1/chat/completions", "/nothing"])
  func `nothing but a head answers HEAD, and the next answer is the next request's`(path: String)
    async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      let heard = try await RawCaller.ask(
        "HEAD \(path) HTTP/1.1\r\nHost: a\r\n\r\n"
          + "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", of: ground.port)
      #expect(heard.isClosed)
      #expect(heard.statuses.count == 2, "\(heard.text)")
      #expect(heard.body.hasPrefix("HTTP/1.1 200"), "\(heard.text)")
    }
  }

  @Test func `another method is told which one is meant`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let heard = try await RawCaller.ask(
        "PUT /v1/models HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", of: ground.port)
      #expect(heard.statuses == [405])
      #expect(heard.text.lowercased().contains("allow: get, head\r\n"), "\(heard.text)")
    }
  }

  @Test func `a broken body behind a request takes nothing from it`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let heard = try await RawCaller.ask(
        Self.chat() + "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\n"
          + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + Self.health, of: ground.port)
      #expect(heard.isClosed)
      #expect(heard.statuses == [200, 400], "\(heard.text)")
    }
  }

  @Test(arguments: [
    "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
  ])
  func `behind the last request nothing is answered`(last: String) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      for next in [Self.health, last, "\u{1}garbage\r\n\r\n"] {
        let heard = try await RawCaller.ask(last + next, of: ground.port)
        #expect(heard.isClosed)
        #expect(heard.statuses == [200], "\(heard.text)")
        #expect(heard.text.lowercased().contains("connection: close\r\n"), "\(heard.text)")
      }
    }
  }

  @Test func `a stream to HTTP/1.0 has no chunks, whatever is behind its request`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let message = Self.chat(
        #","stream":true"#, version: "1.0", header: "Connection: keep-alive\r\n")
      let heard = try await RawCaller.ask(message + message, of: ground.port)
      #expect(heard.isClosed)
      #expect(heard.text.hasPrefix("HTTP/1.0 200"), "\(heard.text.prefix(40))")
      #expect(heard.text.hasSuffix("data: [DONE]\n\n"), "\(heard.text.suffix(40))")
    }
  }

  @Test func `a request that has its answer gets no second one for its body`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send(
        "POST /nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
      let answer = try await caller.heard { !$0.statuses.isEmpty }
      #expect(answer.statuses == [404])
      try await caller.send("zz\r\n")
      let heard = try await caller.heard { $0.isClosed }
      #expect(heard.isClosed)
      #expect(heard.statuses == [404], "\(heard.text)")
      try? await caller.close()
    }
  }

  @Test func `a long body of a last request that is refused before it comes does not get stuck`()
    async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      let length = 8 << 20
      let caller = try await RawCaller.connect(to: ground.port)
      let began = ContinuousClock.now
      try await caller.send(
        "POST /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
          + "Content-Length: \(length)\r\n\r\n" + String(repeating: "a", count: length))
      let heard = try await caller.heard { $0.isClosed }
      #expect(heard.statuses == [404], "\(heard.text.prefix(40))")
      #expect(ContinuousClock.now - began < .seconds(10))
      try? await caller.close()
    }
  }
}
