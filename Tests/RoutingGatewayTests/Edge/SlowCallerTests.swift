import NIOCore
import RoutingGateway
import StandInProvider
import Testing

@Suite(.serialized) struct `Slow callers` {
  static let policy = "otherwise { use cheap }"

  private static func quick(_ settings: inout GatewaySettings) {
    settings.limits.headerSeconds = 1
    settings.limits.bodySeconds = 1
  }

  @Test(arguments: ["G", "GET /healthz HTTP/1.1\r\n", "GET /healthz HTTP/1.1\r\nHost: a\r\nX: "])
  func `a head that does not end is answered when its time is up`(start: String) async throws {
    try await GatewayGround.with(Self.policy, settings: Self.quick) { ground in
      let heard = try await RawCaller.ask(start, of: ground.port)
      #expect(heard.isClosed)
      #expect(heard.statuses == [408], "\(heard.text)")
      #expect(heard.body.contains(#""code":"request_timeout""#))
    }
  }

  @Test func `a byte now and then does not buy more time`() async throws {
    try await GatewayGround.with(Self.policy, settings: Self.quick) { ground in
      let caller = try await RawCaller.connect(to: ground.port)
      let began = ContinuousClock.now
      for byte in "GET /healthz HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" {
        do { try await caller.send(String(byte)) } catch { break }
        try await Task.sleep(for: .milliseconds(100))
        if try await caller.heard(within: 0, { _ in true }).isClosed { break }
      }
      let heard = try await caller.heard { $0.isClosed }
      #expect(heard.isClosed)
      #expect(heard.statuses == [408], "\(heard.text)")
      #expect(ContinuousClock.now - began < .seconds(10))
      try? await caller.close()
    }
  }

  @Test func `the head of a later request has its own time`() async throws {
    try await GatewayGround.with(Self.policy, settings: Self.quick) { ground in
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
      let first = try await caller.heard { !$0.statuses.isEmpty }
      #expect(first.statuses == [200])
      // Between two requests nobody counts.
      try await Task.sleep(for: .milliseconds(1_500))
      try await caller.send("GET /healthz HTTP/1.1\r\n")
      let heard = try await caller.heard { $0.isClosed }
      #expect(heard.statuses == [200, 408])
      #expect(heard.isClosed)
    }
  }

  @Test func `a connection that says nothing is closed without a word`() async throws {
    try await GatewayGround.with(Self.policy, settings: Self.quick) { ground in
      let heard = try await RawCaller.ask("", of: ground.port)
      #expect(heard.isClosed)
      #expect(heard.text.isEmpty)
    }
  }

  @Test func `a body that does not end is answered when its time is up`() async throws {
    try await GatewayGround.with(Self.policy, settings: Self.quick) { ground in
      let heard = try await RawCaller.ask(
        "POST /v1/decisions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{", of: ground.port)
      #expect(heard.isClosed)
      #expect(heard.statuses == [408], "\(heard.text)")
    }
  }

  @Test func `a body that falls silent is answered long before its time is up`() async throws {
    try await GatewayGround.with(Self.policy, settings: { $0.limits.bodyIdleSeconds = 1 }) {
      ground in
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send(
        "POST /v1/decisions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
      // As long as something comes, it goes on.
      for _ in 0..<4 {
        try await Task.sleep(for: .milliseconds(400))
        try await caller.send(" ")
      }
      let heard = try await caller.heard { $0.isClosed }
      #expect(heard.isClosed && heard.statuses == [408], "\(heard.text)")
      #expect(heard.body.contains("next piece of the body"), "\(heard.body)")
    }
  }

  @Test func `500 half-open connections are gone when their time is up`() async throws {
    try await GatewayGround.with(Self.policy, settings: Self.quick) { ground in
      var callers: [RawCaller] = []
      for n in 0..<500 {
        let caller = try await RawCaller.connect(to: ground.port)
        if n % 2 == 0 { try await caller.send("POST /v1/chat/completions HTTP/1.1\r\nHo") }
        callers.append(caller)
      }
      // Who does everything right is served meanwhile.
      let alive = try await RawCaller.ask(
        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", of: ground.port)
      #expect(alive.statuses == [200])
      for caller in callers {
        let heard = try await caller.heard { $0.isClosed }
        #expect(heard.isClosed)
        try? await caller.close()
      }
    }
  }

  /// An answer of so many kibibytes: far more than the system holds between provider and caller.
  private static let kibibytes = 12 << 10

  private static var stream: Script {
    let words = String(repeating: "slowly", count: (16 << 10) / 6)
    let event =
      #"{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"#
      + #""delta":{"content":"\#(words)"},"finish_reason":null}]}"#
    let end =
      #"{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","#
      + #""choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#
    let events = Array(repeating: event, count: kibibytes / 16) + [end, "[DONE]"]
    return Script(rules: [Rule(events: events)])
  }

  @Test(.timeLimit(.minutes(3)))
  func `a caller who reads nothing of its stream pauses the provider until it reads`()
    async throws
  {
    try await GatewayGround.with(
      Self.policy, script: Self.stream,
      catalog: { GatewayGround.catalog(at: $0).replacing("whole: 5s", with: "whole: 2m") }
    ) { ground in
      let body = #"{"model":"auto","stream":true,"messages":[{"role":"user","content":"hi"}]}"#
      let caller = try await RawCaller.connect(to: ground.port, isReading: false)
      try await caller.send(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
      // Until all buffers between the two are full: the provider gets rid of nothing for a second.
      var sent = 0
      var still = 0
      while still < 20 {
        try await Task.sleep(for: .milliseconds(50))
        let now = ground.standIn.stats.sentBytes
        still = now == sent && sent > 0 ? still + 1 : 0
        sent = now
      }
      #expect(sent < 10 << 20, "\(sent) bytes sent to a caller who reads nothing")
      try await caller.read()
      let heard = try await caller.heard(within: 100) { $0.isClosed }
      #expect(heard.bytes.readableBytes > Self.kibibytes << 10)
      #expect(heard.text.hasSuffix("data: [DONE]\n\n\r\n0\r\n\r\n"))
      #expect(ground.standIn.stats.sentBytes > Self.kibibytes << 10)
      print("the provider of a silent caller stopped after \(sent >> 10) KiB of \(Self.kibibytes)")
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `a caller who reads nothing of what it asked for is not waited for`() async throws {
    try await GatewayGround.with(Self.policy, settings: { $0.limits.idleSeconds = 1 }) { ground in
      let caller = try await RawCaller.connect(to: ground.port, isReading: false)
      let many = String(
        repeating: "GET /v1/models HTTP/1.1\r\nHost: a\r\n\r\n", count: 1_000)
      // All buffers between the two are full long before the last of these.
      await #expect(throws: (any Error).self) {
        for _ in 0..<400 { try await caller.send(many) }
      }
      let alive = try await RawCaller.ask(
        "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", of: ground.port)
      #expect(alive.statuses == [200])
    }
  }
}
