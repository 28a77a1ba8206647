import HTTPUpstream
import StandInProvider
import Synchronization
import Testing

/// The provider's own books, which what a client says is held against.
@Suite struct `The log of calls` {
  private final class Book: Sendable {
    private let lines = Mutex<[String]>([])

    func write(_ event: CallEvent) {
      lines.withLock {
        $0.append(String(decoding: event.line(atMilliseconds: 7), as: UTF8.self))
      }
    }

    var said: [String] { lines.withLock { $0 } }
  }

  private func request(_ address: String, fault: String? = nil) -> UpstreamRequest {
    var headers = [UpstreamHeader("Content-Type", "application/json")]
    if let fault { headers.append(UpstreamHeader("x-standin-fault", fault)) }
    return UpstreamRequest(
      .post, address + "/chat/completions", headers: headers,
      body: Array(#"{"model":"gpt-4o","messages":[{"role":"user","content":"Hi"}]}"#.utf8))
  }

  @Test(arguments: [
    (nil, "whole", 200), ("status_500", "whole", 500), ("close_before_headers", "broken", 0),
    ("reset_mid_body", "broken", 200),
  ])
  func `a call stands in it before its answer arrives, and its end after`(
    fault: String?, ending: String, status: Int
  ) async throws {
    let book = Book()
    let standIn = try await StandIn.start(log: book.write)
    let upstream = HTTPUpstream()
    _ = try? await upstream.sendWhole(request(standIn.address, fault: fault))
    let first = try #require(book.said.first)
    #expect(first.hasPrefix(#"{"event":"began","call":1,"time":7,"path":"/v1/chat/completions""#))
    #expect(first.contains(#""question":"Hi","stream":false,"status":\#(status),"#))
    await standIn.stop()
    #expect(book.said.count == 2)
    #expect(book.said.last == #"{"event":"ended","call":1,"time":7,"ending":"\#(ending)"}"# + "\n")
  }

  @Test func `an answer nobody waits for has been hung up`() async throws {
    let book = Book()
    let standIn = try await StandIn.start(log: book.write)
    let upstream = HTTPUpstream()
    let call = Task { try? await upstream.sendWhole(request(standIn.address, fault: "hang")) }
    while book.said.isEmpty { try await ContinuousClock().sleep(for: .milliseconds(2)) }
    call.cancel()
    _ = await call.value
    await standIn.stop()
    #expect(book.said.last?.contains(#""ending":"hung_up""#) == true)
  }
}
