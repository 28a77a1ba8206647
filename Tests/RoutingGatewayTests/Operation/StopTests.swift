import HTTPUpstream
import OpenAIWire
import PolicyUnits
import RoutingGateway
import RoutingLedger
import StandInProvider
import Testing

/// What is under way when the gateway is told to stop.
@Suite struct `A gateway that stops` {
  private static let policy = "otherwise { use cheap }"
  private static let ask = GatewayGround.chat("tell me a long story", more: #","stream":true"#)

  @Test func `lets every stream end as it should, and takes nothing new`() async throws {
    try await GatewayGround.with(
      Self.policy, script: Script(chunkDelay: 20), settings: { $0.drain = .seconds(60) }
    ) { ground in
      let streams = try await Self.open(30, at: ground)
      let stopping = Task { await ground.gateway.stop() }
      defer { stopping.cancel() }
      var isRefused = false
      for _ in 0..<50 where !isRefused {
        try await Task.sleep(for: .milliseconds(20))
        isRefused = await Self.isRefused(by: ground)
      }
      #expect(isRefused, "a new connection is refused within a second")
      for response in streams {
        var stream = ChatStream()
        while let piece = try await response.body.next() { _ = stream.feed(piece) }
        #expect(stream.isDone)
        #expect(try stream.finish().finish == .stop)
      }
      let rows = try ground.rows()
      #expect(rows.count == 30)
      #expect(rows.allSatisfy { $0.status == .answered })
    }
  }

  @Test func `ends what takes too long with an error, and settles it`() async throws {
    try await GatewayGround.with(
      Self.policy, script: Script(chunkDelay: 1000), settings: { $0.drain = .seconds(1) }
    ) { ground in
      let streams = try await Self.open(4, at: ground)
      let stopping = Task { await ground.gateway.stop() }
      for response in streams {
        var bytes: [UInt8] = []
        while let piece = try await response.body.next() { bytes += piece }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(#"data: {"error":{"#))
        #expect(text.contains("the gateway stopped before the answer was there"), "\(text)")
        #expect(!text.contains("[DONE]"))
      }
      await stopping.value
      let rows = try ground.rows()
      #expect(rows.count == 4)
      #expect(rows.allSatisfy { $0.status == .cancelled || $0.status == .failed })
      #expect(rows.allSatisfy { ($0.cost.money?.nanos ?? 0) > 0 }, "what was spent is counted")
    }
  }

  @Test(arguments: [
    "Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
  ])
  func `does not wait for a request that does not come whole`(rest: String) async throws {
    try await GatewayGround.with(Self.policy, settings: { $0.drain = .seconds(1) }) { ground in
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send("POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\n" + rest)
      try await Task.sleep(for: .milliseconds(200))
      await ground.gateway.stop()
      let heard = try await caller.heard { $0.isClosed }
      #expect(heard.isClosed)
      #expect(heard.statuses == [503], "\(heard.text)")
    }
  }

  @Test func `tells who streams for too long, and closes the connection`() async throws {
    try await GatewayGround.with(
      Self.policy, script: Script(chunkDelay: 200), settings: { $0.drain = .seconds(0) }
    ) { ground in
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\n"
          + "Content-Length: \(Self.ask.utf8.count)\r\n\r\n\(Self.ask)")
      try await Task.sleep(for: .milliseconds(500))
      await ground.gateway.stop()
      let heard = try await caller.heard { $0.isClosed }
      #expect(heard.isClosed)
      #expect(heard.text.contains(#"data: {"error":{"#), "\(heard.text)")
      #expect(!heard.text.contains("[DONE]"))
    }
  }

  /// Streams whose first bytes have come.
  private static func open(
    _ count: Int, at ground: GatewayGround
  ) async throws -> [UpstreamResponse] {
    try await withThrowingTaskGroup(of: UpstreamResponse.self) { group in
      for _ in 0..<count { group.addTask { try await ground.stream(ask) } }
      var streams: [UpstreamResponse] = []
      for try await response in group {
        #expect(response.status == 200)
        streams.append(response)
      }
      return streams
    }
  }

  private static func isRefused(by ground: GatewayGround) async -> Bool {
    let stranger = HTTPUpstream()
    defer { stranger.shutdown() }
    do {
      _ = try await stranger.sendWhole(UpstreamRequest(.get, ground.address + "/healthz"))
      return false
    } catch {
      return true
    }
  }
}
