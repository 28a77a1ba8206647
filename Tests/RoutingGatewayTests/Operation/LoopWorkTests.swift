import HTTPUpstream
import RoutingGateway
import Synchronization
import Testing

/// Whose thread a request is worked on.
@Suite struct `The event loop of a connection` {
  private static func work(
    _ ask: (GatewayGround) async throws -> Int
  ) async throws -> [Bool] {
    var work: [Bool] = []
    try await GatewayGround.with("otherwise { use dear }") { ground in
      let status = try await ask(ground)
      #expect(status == 200)
      work = ground.policies.workOnLoops.withLock { $0 }
    }
    return work
  }

  @Test func `decides what comes whole by itself, and wakes nobody for it`() async throws {
    let work = try await Self.work { ground in
      try await ground.send(.post, "/v1/chat/completions", GatewayGround.chat("short")).status
    }
    #expect(work == [true])
  }

  @Test func `is not kept busy with a large request`() async throws {
    let work = try await Self.work { ground in
      let long = String(repeating: "long ", count: 16 << 10)
      return try await ground.send(.post, "/v1/chat/completions", GatewayGround.chat(long)).status
    }
    #expect(work == [false])
  }

  @Test func `is not kept busy with requests that come in a row`() async throws {
    let work = try await Self.work { ground in
      let body = GatewayGround.chat("short")
      let request =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        + body
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send(String(repeating: request, count: 3))
      let heard = try await caller.heard { $0.statuses.count == 3 }
      return heard.statuses == [200, 200, 200] ? 200 : 0
    }
    #expect(work == [true, false, false])
  }

  @Test func `is not kept busy with a policy that compiles`() async throws {
    let work = try await Self.work { ground in
      try await ground.send(.post, "/admin/reload").status
    }
    #expect(work == [false])
  }
}
