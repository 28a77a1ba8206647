import HTTPTypes
import HummingbirdCore
import NIOCore
import RoutingCalls

/// The caller's side of one request: one answer goes out, whole or in pieces.
///
/// @unchecked Sendable because only the task that answers the request uses it.
final class AnswerWriter: @unchecked Sendable {
  private var start: ResponseWriter?
  private var body: (any ResponseBodyWriter)?
  /// Whether a first byte has gone out.
  private(set) var hasBegun = false

  private let tally: RequestTally

  init(_ writer: consuming ResponseWriter, _ tally: RequestTally) {
    start = consume writer
    self.tally = tally
  }

  /// A whole answer.
  func send(
    _ status: Int, _ headers: HTTPFields, _ bytes: [UInt8]
  ) async throws(CallerGone) {
    guard start != nil else { return }
    hasBegun = true
    tally.answers(status, streaming: false)
    var headers = headers
    headers.add(.contentLength, String(bytes.count))
    let head = HTTPResponse(status: .init(code: status), headerFields: headers)
    try await reaching {
      guard let writer = self.start.take() else { return }
      try await writer.write(
        response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
  }

  /// The head of an answer whose body follows in pieces.
  func begin(_ status: Int, _ headers: HTTPFields) async throws(CallerGone) {
    guard start != nil else { return }
    hasBegun = true
    tally.answers(status, streaming: true)
    let head = HTTPResponse(status: .init(code: status), headerFields: headers)
    try await reaching {
      guard let writer = self.start.take() else { return }
      self.body = try await writer.writeHead(head)
    }
  }

  func write(_ bytes: [UInt8]) async throws(CallerGone) {
    try await reaching { try await self.body?.write(ByteBuffer(bytes: bytes)) }
  }

  /// The proper end of a body in pieces.
  func finish() async throws(CallerGone) {
    try await reaching {
      guard let writer = self.body.take() else { return }
      try await writer.finish(nil)
    }
  }

  /// Writes, in a cancelled task too: whoever is cancelled because the gateway stops is still told so,
  /// and the server's own writer refuses cancelled tasks.
  private func reaching(
    _ write: @escaping @Sendable () async throws -> Void
  ) async throws(CallerGone) {
    do {
      if Task.isCancelled {
        try await Task { try await write() }.value
      } else {
        try await write()
      }
    } catch {
      throw CallerGone()
    }
  }
}
