import HTTPTypes
import NIOCore
import NIOHTTPTypes
import RoutingCalls
import Synchronization

/// The caller's side of one request: one answer goes out, whole or in pieces.
///
/// Only the task that answers the request uses it.
final class AnswerWriter: Sendable {
  private enum Stage {
    case nothing, begun, ended
  }

  private let stage = Mutex(Stage.nothing)
  private let outbox: AnswerOutbox
  private let tally: RequestTally
  private let visit: Visit

  /// What the request takes of the gateway is given back before the end of its answer goes out: whoever
  /// has it may ask again at once.
  init(_ outbox: AnswerOutbox, _ tally: RequestTally, leaving visit: Visit) {
    self.outbox = outbox
    self.tally = tally
    self.visit = visit
  }

  /// Whether a first byte has gone out.
  var hasBegun: Bool { stage.withLock { $0 != .nothing } }
  /// Whether nothing more goes out.
  var hasEnded: Bool { stage.withLock { $0 == .ended } }

  /// A whole answer.
  func send(_ status: Int, _ headers: HTTPFields, _ bytes: [UInt8]) throws(CallerGone) {
    guard moves(from: .nothing, to: .ended) else { return }
    tally.answers(status, streaming: false)
    var headers = headers
    headers.add(.contentLength, String(bytes.count))
    let head = HTTPResponse(status: .init(code: status), headerFields: headers)
    visit.leave()
    try outbox.put([.head(head), .body(ByteBuffer(bytes: bytes)), .end(nil)])
  }

  /// The head of an answer whose body follows in pieces.
  func begin(_ status: Int, _ headers: HTTPFields) throws(CallerGone) {
    guard moves(from: .nothing, to: .begun) else { return }
    tally.answers(status, streaming: true)
    let head = HTTPResponse(status: .init(code: status), headerFields: headers)
    try outbox.put([.head(head)])
  }

  /// The next of its body; ``room()`` is to be asked before more.
  func write(_ pieces: [[UInt8]]) throws(CallerGone) {
    let count = pieces.reduce(0) { $0 + $1.count }
    guard count > 0, stage.withLock({ $0 == .begun }) else { return }
    // As large as it is: what is written here waits for as long as its caller does not read.
    var bytes = ByteBuffer()
    bytes.reserveCapacity(count)
    for piece in pieces { bytes.writeBytes(piece) }
    try outbox.put([.body(bytes)])
  }

  /// Returns when the caller has read enough of what was written.
  func room() async throws(CallerGone) { try await outbox.room() }

  /// The proper end of a body in pieces.
  func finish() throws(CallerGone) {
    guard moves(from: .begun, to: .ended) else { return }
    visit.leave()
    try outbox.put([.end(nil)])
  }

  private func moves(from stage: Stage, to next: Stage) -> Bool {
    self.stage.withLock { current in
      guard current == stage else { return false }
      current = next
      return true
    }
  }
}
