import RoutingBudgets
import Synchronization
import Testing

@testable import RoutingGateway

@Suite(.serialized) struct `The date of an answer` {
  @Test func `is that of its second`() {
    let time = Mutex(Int64(784_111_777_000))
    let date = AnswerDate { Timestamp(milliseconds: time.withLock { $0 }) }
    let line = "date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
    #expect(date.line == line)
    time.withLock { $0 += 999 }
    #expect(date.line == line)
    time.withLock { $0 += 1 }
    #expect(date.line == "date: Sun, 06 Nov 1994 08:49:38 GMT\r\n")
  }

  @Test(arguments: [
    "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "no request\r\n\r\n",
  ])
  func `stands on every answer once`(message: String) async throws {
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      // A second may end while it is asked.
      let before = Self.date
      let heard = try await RawCaller.ask(message, of: ground.port)
      let dates = heard.text.split(separator: "\r\n").filter {
        $0.lowercased().hasPrefix("date:")
      }
      #expect(dates == [before] || dates == [Self.date], "\(heard.text)")
    }
  }

  private static var date: Substring {
    AnswerDate { GroundPolicies.now }.line.split(separator: "\r\n")[0]
  }

  @Test func `stands on no word in between`() async throws {
    try await GatewayGround.with("otherwise { use cheap }") { ground in
      let caller = try await RawCaller.connect(to: ground.port)
      try await caller.send(
        "POST /v1/decisions HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
          + "Content-Length: 2\r\n\r\n")
      let heard = try await caller.heard { $0.text.hasSuffix("\r\n\r\n") }
      #expect(heard.text == "HTTP/1.1 100 Continue\r\n\r\n")
      try await caller.close()
    }
  }
}
