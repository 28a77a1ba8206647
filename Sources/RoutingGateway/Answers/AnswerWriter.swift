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
    guard let writer = start.take() else { return }
    hasBegun = true
    tally.answers(status, streaming: false)
    var headers = headers
    headers[.contentLength] = String(bytes.count)
    do {
      try await writer.write(
        response: HTTPResponse(status: .init(code: status), headerFields: headers),
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    } catch {
      throw CallerGone()
    }
  }

  /// The head of an answer whose body follows in pieces.
  func begin(_ status: Int, _ headers: HTTPFields) async throws(CallerGone) {
    guard let writer = start.take() else { return }
    hasBegun = true
    tally.answers(status, streaming: true)
    do {
      body = try await writer.writeHead(
        HTTPResponse(status: .init(code: status), headerFields: headers))
    } catch {
      throw CallerGone()
    }
  }

  func write(_ bytes: [UInt8]) async throws(CallerGone) {
    do {
      try await body?.write(ByteBuffer(bytes: bytes))
    } catch {
      throw CallerGone()
    }
  }

  /// The proper end of a body in pieces.
  func finish() async throws(CallerGone) {
    guard let writer = body.take() else { return }
    do {
      try await writer.finish(nil)
    } catch {
      throw CallerGone()
    }
  }
}
