import Foundation
import RoutingLedger

/// SIGTERM: what runs ends in order, and nothing new begins.
enum E3: Promise {
  static let name = "E3"
  static let text = "SIGTERM cuts no stream, loses no row and lets nobody in"

  /// The promise; asserted with room, as its machine has other work.
  private static let promised = Duration.milliseconds(100)

  static func tried(_ trial: Trial) async throws -> Verdict {
    let count = trial.count(100, atLeast: 20)
    let ground = try ServedGround(trial, "e3", script: script)
    let gateway = try ground.gateway(trial)
    let peers = try (0..<count).map { _ in try Peer(to: gateway.port) }
    for (number, peer) in peers.enumerated() {
      peer.send(PeerRequest.chat("Tell me about order \(number).", streams: true))
    }
    guard peers.wait(within: .seconds(20), until: { peers.allSatisfy { $0.received.count > 500 } })
    else { throw PromiseFailure("not all streams begin: \(gateway.complaint)") }
    var findings: [String] = []
    if peers.contains(where: { String(decoding: $0.received, as: UTF8.self).contains("[DONE]") }) {
      findings.append("a stream had ended before the signal: a blind trial")
    }
    gateway.stop()
    let closed = try closing(gateway, peers)
    findings += trial.late(
      closed > promised * 10,
      "connections were taken for \(closed.milliseconds) ms after the signal")
    _ = peers.wait(within: .seconds(40), until: { peers.allSatisfy { $0.state != .open } })
    let ending = gateway.ending(within: .seconds(20))
    if ending != .exit(0) {
      findings.append("it ends with \(ending): \(gateway.complaint)")
    }
    let rows = try LedgerBook(at: gateway.ledger)
    findings += try Self.findings(peers, rows)
    return .of(
      findings,
      "\(count) streams in flight: 0 cut, 0 rows lost, exit 0; the last connection was taken "
        + "\(closed.milliseconds) ms after the signal (at most \(promised.milliseconds))")
  }

  /// Three seconds of words.
  private static var script: String {
    let words = (1...200).map { "word\($0)" }.joined(separator: " ")
    return #"{"chunk_delay_ms": 15, "rules": [{"answer": "\#(words)"}]}"#
  }

  /// How long after the signal a new connection was last served; what runs is read meanwhile.
  private static func closing(_ gateway: ServedGateway, _ peers: [Peer]) throws -> Duration {
    let start = ContinuousClock.now
    var last = Duration.zero
    // A refused connection after one that was taken is the end of it, were it not for a queue of
    // the system that nobody empties: so three in a row.
    var refused = 0
    while refused < 3, ContinuousClock.now - start < .seconds(5) {
      let peer = try Peer(to: gateway.port)
      if peer.state == .open {
        last = ContinuousClock.now - start
        refused = 0
      } else {
        refused += 1
      }
      peers.wait(atMost: .milliseconds(2))
    }
    return last
  }

  private static func findings(_ peers: [Peer], _ book: LedgerBook) throws -> [String] {
    var findings: [String] = []
    let rows = Dictionary(
      book.rows.map { ("\($0.entry.id)", $0.entry) }, uniquingKeysWith: { first, _ in first })
    var cut = 0
    for peer in peers {
      guard let answer = try peer.answer(), answer.isWholeStream else {
        cut += 1
        continue
      }
      let id = answer.headers["x-request-id"] ?? ""
      if rows[id]?.status != .answered {
        findings.append("\(id): its stream is whole, its row not")
      }
    }
    if cut > 0 { findings.insert("\(cut) of \(peers.count) streams were cut", at: 0) }
    if book.rows.count != peers.count || !book.open.isEmpty {
      findings.append(
        "\(peers.count) requests, \(book.rows.count) rows, \(book.open.count) still open")
    }
    return findings
  }
}
