import HTTPTypes
import NIOCore
import NIOHTTPTypes
import RoutingCalls
import Synchronization
import Testing

@testable import RoutingGateway

@Suite struct `What waits for a caller` {
  /// A request that writes pieces of a kibibyte, and asks for room after each.
  private final class Writer: Sendable {
    private let count = Mutex(0)

    var written: Int { count.withLock { $0 } }

    func write(to outbox: AnswerOutbox) async throws(CallerGone) {
      for _ in 0..<100 {
        try outbox.put([.body(ByteBuffer(repeating: 0x61, count: 1 << 10))])
        count.withLock { $0 += 1 }
        try await outbox.room()
      }
    }

    /// Once it has written so many; then a moment later.
    func written(past count: Int) async throws -> Int {
      while written < count { try await Task.sleep(for: .milliseconds(1)) }
      try await Task.sleep(for: .milliseconds(30))
      return written
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `is 8 KiB, until the connection has taken it and takes more`() async throws {
    let outbox = AnswerOutbox(isDue: {})
    let writer = Writer()
    let task = Task { try await writer.write(to: outbox) }
    #expect(try await writer.written(past: 8) == 8)
    #expect(outbox.take().count == 8)
    #expect(try await writer.written(past: 8) == 8, "the connection has not said that it goes on")
    outbox.set(takesMore: false)
    #expect(try await writer.written(past: 8) == 8)
    outbox.set(takesMore: true)
    #expect(try await writer.written(past: 16) == 16)
    outbox.close()
    await #expect(throws: CallerGone.self) { try await task.value }
    #expect(writer.written == 16)
  }
}
