import HTTPTypes
import RoutingBudgets
import RoutingGateway
import Synchronization
import Testing

@testable import RoutingGateway

/// Who has an answer may ask again at once, however few places there are.
@Suite struct `The place a request takes` {
  /// How many were in when the connection heard of something to send.
  private final class Heard: Sendable {
    private let counts = Mutex<[Int]>([])

    var all: [Int] { counts.withLock { $0 } }
    func note(_ count: Int) { counts.withLock { $0.append(count) } }
  }

  private let admission = Admission(AdmissionLimits(inFlight: 1, queued: 0))
  private let heard = Heard()

  private func writer() async throws -> (AnswerWriter, AnswerOutbox) {
    let visit = admission.visit()
    try await visit.admit()
    try visit.hold(100)
    let outbox = AnswerOutbox { [admission, heard] in heard.note(admission.figures.inFlight) }
    let id = RequestID(at: Timestamp(milliseconds: 0), random: (1, 2))
    return (AnswerWriter(outbox, RequestTally(id), leaving: visit), outbox)
  }

  @Test func `is free when its answer goes out`() async throws {
    let (writer, _) = try await writer()
    try writer.send(200, HTTPFields(), [])
    #expect(heard.all == [0])
    #expect(admission.figures.bodyBytes == 0)
    try await admission.visit().admit()
  }

  @Test func `is kept until the end of a stream, and free when that goes out`() async throws {
    let (writer, outbox) = try await writer()
    try writer.begin(200, HTTPFields())
    _ = outbox.take()
    try writer.write([[0x61]])
    _ = outbox.take()
    try writer.finish()
    #expect(heard.all == [1, 1, 0])
  }
}
