import Testing

@Suite(.serialized) struct `Messages two readers could understand differently` {
  static let policy = "otherwise { use cheap }"

  /// Each with a whole second request behind it, which nobody must answer.
  static let messages: [(name: String, text: String)] = [
    ("CL and TE", post("Content-Length: 4\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"),
    ("TE and CL", post("Transfer-Encoding: chunked\r\nContent-Length: 4") + "0\r\n\r\n"),
    ("two CL that differ", post("Content-Length: 2\r\nContent-Length: 4") + "{}xx"),
    ("two CL that agree", post("Content-Length: 2\r\nContent-Length: 2") + "{}"),
    ("a list of CL", post("Content-Length: 2, 2") + "{}"),
    ("a list of CL that differ", post("Content-Length: 2, 4") + "{}xx"),
    ("a signed CL", post("Content-Length: +2") + "{}"),
    ("a negative CL", post("Content-Length: -2") + "{}"),
    ("a hexadecimal CL", post("Content-Length: 0x2") + "{}"),
    ("a CL with a letter", post("Content-Length: 2a") + "{}"),
    ("a CL with a space in it", post("Content-Length: 1 0") + "{}"),
    ("an empty CL", post("Content-Length: ") + "{}"),
    ("a CL beyond 64 bits", post("Content-Length: 99999999999999999999") + "{}"),
    ("a CL that wraps around", post("Content-Length: 18446744073709551618") + "{}"),
    ("a CL in other digits", post("Content-Length: ２") + "{}"),
    ("a space before the CL's colon", post("Content-Length : 2") + "{}"),
    ("a tab before the CL's colon", post("Content-Length\t: 2") + "{}"),
    ("a space before the TE's colon", post("Transfer-Encoding : chunked") + "0\r\n\r\n"),
    ("a space before a header", post(" Content-Length: 2") + "{}"),
    ("TE of another coding", post("Transfer-Encoding: identity") + "0\r\n\r\n"),
    ("TE chunked twice", post("Transfer-Encoding: chunked, chunked") + "0\r\n\r\n"),
    ("TE with gzip", post("Transfer-Encoding: gzip, chunked") + "0\r\n\r\n"),
    ("TE chunked not last", post("Transfer-Encoding: chunked, identity") + "0\r\n\r\n"),
    ("TE with a form feed", post("Transfer-Encoding: \u{c}chunked") + "0\r\n\r\n"),
    ("TE with a letter too many", post("Transfer-Encoding: xchunked") + "0\r\n\r\n"),
    ("TE in quotes", post("Transfer-Encoding: \"chunked\"") + "0\r\n\r\n"),
    ("TE with a parameter", post("Transfer-Encoding: chunked;a=b") + "0\r\n\r\n"),
    ("two TE", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity") + "0\r\n\r\n"),
    (
      "two TE chunked",
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"
    ),
    ("TE in HTTP/1.0", post("Transfer-Encoding: chunked", version: "1.0") + "0\r\n\r\n"),
    ("TE folded", post("Transfer-Encoding:\r\n chunked") + "0\r\n\r\n"),
    ("a folded header", post("X-A: 1\r\n 2\r\nContent-Length: 2") + "{}"),
    ("a header folded with a tab", post("X-A: 1\r\n\t2\r\nContent-Length: 2") + "{}"),
    ("a bare LF behind a header", post("X-A: 1\nContent-Length: 2") + "{}"),
    ("a bare LF behind the request line", "GET /healthz HTTP/1.1\nHost: a\r\n\r\n"),
    ("bare LFs alone", "GET /healthz HTTP/1.1\nHost: a\n\n"),
    ("a bare LF at the end of the head", "GET /healthz HTTP/1.1\r\nHost: a\r\n\n"),
    ("a bare CR in a value", post("X-A: 1\r2\r\nContent-Length: 2") + "{}"),
    ("a bare CR for a line's end", post("X-A: 1\rContent-Length: 2") + "{}"),
    ("a NUL in a value", post("X-A: 1\u{0}2\r\nContent-Length: 2") + "{}"),
    ("a NUL in a name", post("X-\u{0}A: 1\r\nContent-Length: 2") + "{}"),
    ("a name without a colon", post("X-A\r\nContent-Length: 2") + "{}"),
    ("an empty name", post(": 1\r\nContent-Length: 2") + "{}"),
    ("a name in brackets", post("X(A): 1\r\nContent-Length: 2") + "{}"),
    ("a space in the target", "GET /healthz /metrics HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("a tab in the target", "GET /healthz\t HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("a NUL in the target", "GET /health\u{0}z HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("a fragment in the target", "GET /healthz#a HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("bytes outside ASCII in the target", "GET /healthz?ü HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("an absolute target", "GET http://b/healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("an absolute target of its own host", "GET http://a/healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("an authority for a target", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n"),
    ("TRACE", "TRACE /healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("no host", "GET /healthz HTTP/1.1\r\n\r\n"),
    ("two hosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
    ("two equal hosts", "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
    ("an empty host", "GET /healthz HTTP/1.1\r\nHost: \r\n\r\n"),
    ("a host with a path", "GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    ("a host with a user", "GET /healthz HTTP/1.1\r\nHost: a@b\r\n\r\n"),
    ("a list of hosts", "GET /healthz HTTP/1.1\r\nHost: a, b\r\n\r\n"),
    ("a host with a space", "GET /healthz HTTP/1.1\r\nHost: a b\r\n\r\n"),
    ("HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ("HTTP/1.2", "GET /healthz HTTP/1.2\r\nHost: a\r\n\r\n"),
    ("HTTP/0.9", "GET /healthz\r\n"),
    ("a version in small letters", "GET /healthz http/1.1\r\nHost: a\r\n\r\n"),
    ("a method that is none", "G@T /healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
    ("a TLS greeting", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\r\n\r\n"),
    (
      "a length that the connection is asked to drop",
      post("Connection: close, Content-Length\r\nContent-Length: 2") + "{}"
    ),
    ("a chunk's size that is none", post("Transfer-Encoding: chunked") + "zz\r\n{}\r\n0\r\n\r\n"),
    (
      "a chunk's size in hexadecimal twice",
      post("Transfer-Encoding: chunked") + "0x2\r\n{}\r\n0\r\n\r\n"
    ),
    ("a negative chunk", post("Transfer-Encoding: chunked") + "-2\r\n{}\r\n0\r\n\r\n"),
    (
      "a chunk beyond 64 bits",
      post("Transfer-Encoding: chunked") + "10000000000000002\r\n{}\r\n0\r\n\r\n"
    ),
    ("a chunk longer than its size", post("Transfer-Encoding: chunked") + "2\r\n{}x\r\n0\r\n\r\n"),
    ("a chunk ended by a bare LF", post("Transfer-Encoding: chunked") + "2\n{}\r\n0\r\n\r\n"),
    ("chunk data ended by a bare LF", post("Transfer-Encoding: chunked") + "2\r\n{}\n0\r\n\r\n"),
    ("the last chunk with a bare LF", post("Transfer-Encoding: chunked") + "2\r\n{}\r\n0\n\n"),
    ("an unknown expectation", post("Expect: miracles\r\nContent-Length: 2") + "{}"),
  ]

  private static func post(_ headers: String, version: String = "1.1") -> String {
    "POST /v1/decisions HTTP/\(version)\r\nHost: a\r\n\(headers)\r\n\r\n"
  }

  @Test func `are refused once in the shape of the API, and the connection is closed`()
    async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      for message in Self.messages {
        let heard = try await RawCaller.ask(
          message.text + "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n", of: ground.port)
        #expect(heard.isClosed, "\(message.name): the connection stays open")
        #expect(heard.statuses.count == 1, "\(message.name): \(heard.statuses)")
        #expect(
          heard.statuses.allSatisfy { (400..<500).contains($0) }, "\(message.name): \(heard.text)")
        #expect(heard.body.hasPrefix(#"{"error":{"message":""#), "\(message.name): \(heard.text)")
      }
      print("\(Self.messages.count) ambiguous messages were refused")
      // The gateway lives.
      let alive = try await RawCaller.ask(
        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", of: ground.port)
      #expect(alive.statuses == [200])
    }
  }

  @Test(arguments: [
    ("a plain request", "GET /healthz HTTP/1.1\r\nHost: a\r\n", 200),
    ("HTTP/1.0 without a host", "GET /healthz HTTP/1.0\r\n", 200),
    ("a host with a port", "GET /healthz HTTP/1.1\r\nHost: [::1]:80\r\n", 200),
    ("a query", "GET /healthz?a=b&c=%20 HTTP/1.1\r\nHost: a\r\n", 200),
    ("a word to upgrade", "GET /healthz HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\n", 200),
    ("an unread body", "POST /v1/nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n", 404),
  ])
  func `what is clear is served`(name: String, head: String, status: Int) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let heard = try await RawCaller.ask(head + "Connection: close\r\n\r\n", of: ground.port)
      #expect(heard.statuses == [status], "\(name): \(heard.text)")
      #expect(heard.isClosed)
    }
  }

  @Test(arguments: [
    "GET /healthz HTTP/1.0\r\n\r\n",
    "GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n",
    "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: te, close\r\n\r\n",
  ])
  func `the last answer of a connection says so and ends it`(message: String) async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let heard = try await RawCaller.ask(message, of: ground.port)
      #expect(heard.isClosed)
      #expect(heard.statuses == [200], "\(heard.text)")
      #expect(heard.text.lowercased().contains("connection: close\r\n"))
    }
  }

  @Test func `a stream to HTTP/1.0 has no chunks and ends with its connection`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let body = GatewayGround.chat("hello", more: #","stream":true"#)
      let heard = try await RawCaller.ask(
        "POST /v1/chat/completions HTTP/1.0\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)",
        of: ground.port)
      #expect(heard.isClosed)
      #expect(heard.statuses == [200], "\(heard.text)")
      #expect(!heard.text.lowercased().contains("transfer-encoding"))
      #expect(heard.body.hasPrefix("data: {"), "\(heard.body.prefix(40))")
      #expect(heard.body.hasSuffix("data: [DONE]\n\n"), "\(heard.body.suffix(40))")
    }
  }

  @Test func `a request to upgrade is answered in HTTP/1.1, with its body`() async throws {
    try await GatewayGround.with(Self.policy) { ground in
      let body = #"{"model":"auto","messages":[{"role":"user","content":"hi"}]}"#
      let head =
        "POST /v1/decisions HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
        + "Upgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n"
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send(head + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
      let heard = try await caller.heard { !$0.statuses.isEmpty }
      #expect(heard.statuses == [200], "\(heard.text)")
      try await caller.close()
    }
  }

  @Test func `an answer under way comes whole before the refusal of what is behind it`()
    async throws
  {
    try await GatewayGround.with(Self.policy) { ground in
      let good = "GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n"
      let heard = try await RawCaller.ask(
        good + "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + good, of: ground.port)
      #expect(heard.statuses == [200, 400], "\(heard.text)")
      #expect(heard.isClosed)
    }
  }
}
