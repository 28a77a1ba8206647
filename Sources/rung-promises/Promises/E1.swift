import Foundation
import JSONReading
import RoutingLedger

/// Reload is atomic under load.
///
/// Two policies that differ in their model take turns on disk, each renamed into place and announced
/// by SIGHUP or by a request in turn, while requests come at a steady pace. The provider answers with
/// the model it was asked for: an answer, its header and its row must tell of one version.
enum E1: Promise {
  static let name = "E1"
  static let text = "reloads under load fail no request, and one version decides each"

  static func tried(_ trial: Trial) async throws -> Verdict {
    let wanted = trial.count(200, atLeast: 8)
    // A small trial shares its machine with others, and its programs are not optimised.
    let pace = wanted == 200 ? 500 : 150
    let ground = try ServedGround(trial, "e1")
    let gateway = try ground.gateway(trial)
    var load = Load(to: gateway.port) { PeerRequest.chat("Where is my order number \($0)?") }
    var reloads = try Reloads(gateway, wanted: wanted)
    let start = ContinuousClock.now
    try load.run(wanted * pace / 10, perSecond: pace) {
      trial.progress.show("E1 reload \(reloads.done) of \(wanted)")
      try reloads.step(at: ContinuousClock.now - start)
    }
    try load.finish(within: .seconds(20))
    while reloads.isUnderWay, ContinuousClock.now - start < .seconds(60) {
      try reloads.step(at: ContinuousClock.now - start)
    }
    load.hangUp()
    gateway.stop()
    var findings = reloads.findings
    if gateway.ending(within: .seconds(40)) != .exit(0) {
      findings.append("the gateway does not end in order: \(gateway.complaint)")
    }
    findings += try disagreements(load, reloads.models, LedgerBook(at: gateway.ledger))
    if load.lost > 0 { findings.append("\(load.lost) requests got no answer") }
    findings += trial.late(
      reloads.done * 10 < wanted * 8,
      "only \(reloads.done) of \(wanted) reloads came to be: a blind trial")
    if Set(load.answered.compactMap(\.answer.model)).count < 2 {
      findings.append("one model gave all answers: a blind trial")
    }
    let slowest = load.answered.map(\.time).percentile(99)
    return .of(
      findings,
      "\(reloads.done) reloads under \(load.answered.count) requests, \(pace) a second, 0 failed, "
        + "each answer, its header and its row of one version; 99 of 100 answered within "
        + "\(slowest.milliseconds) ms")
  }

  /// What does not fit together of answers, headers and rows.
  private static func disagreements(
    _ load: Load, _ models: [String: String], _ book: LedgerBook
  ) -> [String] {
    var findings: [String] = []
    let rows = Dictionary(
      book.rows.map { ("\($0.entry.id)", $0.entry) }, uniquingKeysWith: { first, _ in first })
    if book.rows.count != load.sent {
      findings.append("\(load.sent) requests were sent, \(book.rows.count) have rows")
    }
    for answer in load.answered.map(\.answer) {
      let id = answer.headers["x-request-id"] ?? ""
      let version = answer.headers["x-rung-policy"] ?? ""
      guard answer.status == 200, let model = answer.model else {
        findings.append("\(id): status \(answer.status)")
        continue
      }
      if models[version] != model || answer.headers["x-rung-model"] != model {
        findings.append(
          "\(id): \(model) answered under version \(version), which is of "
            + (models[version] ?? "no known model"))
      }
      guard let row = rows[id] else {
        findings.append("\(id): no row")
        continue
      }
      let kept = "\(row.fingerprints.policy ?? "")-\(row.fingerprints.catalog ?? "")"
      if kept != version || row.modelServed != model {
        findings.append(
          "\(id): the header says \(version) and \(model), the row \(kept) and "
            + (row.modelServed ?? "none"))
      }
    }
    return findings
  }
}

/// One reload after the other, ten a second, each known to be done before the next begins.
private struct Reloads {
  private static let models = ["qwen3-8b", "deepseek-reasoner"]

  private let gateway: ServedGateway
  private let wanted: Int
  private let admin: Peer
  private(set) var done = 0
  private(set) var findings: [String] = []
  /// By the version that names them.
  private(set) var models: [String: String]
  private var version: String
  /// The model of the policy on disk while its reload is awaited.
  private var awaited: String?

  init(_ gateway: ServedGateway, wanted: Int) throws {
    self.gateway = gateway
    self.wanted = wanted
    admin = try Peer(to: gateway.port)
    let first = try gateway.answer(PeerRequest.get("/readyz"))
    guard let version = Self.version(first) else {
      throw PromiseFailure("/readyz names no version")
    }
    self.version = version
    models = [version: Self.models[0]]
  }

  /// False once the last has been heard of.
  var isUnderWay: Bool { awaited != nil && findings.isEmpty }

  mutating func step(at time: Duration) throws {
    guard findings.isEmpty else { return }
    [admin].wait(atMost: .zero)
    if let awaited {
      guard let answer = try admin.answer() else {
        if admin.state != .open { findings.append("the connection of the reloads is closed") }
        return
      }
      try hear(answer, of: awaited)
    } else if done < wanted, time >= .milliseconds(100) * done {
      try begin()
    }
  }

  private mutating func begin() throws {
    let model = Self.models[(done + 1) % 2]
    try gateway.replace("policy.rung", by: ServedGround.policy(model: model))
    awaited = model
    if done.isMultiple(of: 2) {
      admin.send(PeerRequest.post("/admin/reload"))
    } else {
      gateway.reload()
      admin.send(PeerRequest.get("/readyz"))
    }
  }

  /// After a signal the answer may still be of the version before; then it is asked again.
  private mutating func hear(_ answer: PeerAnswer, of model: String) throws {
    guard answer.status == 200, let now = Self.version(answer) else {
      findings.append("a reload fails: \(String(decoding: answer.body, as: UTF8.self))")
      return
    }
    guard now != version else {
      usleep(500)
      return admin.send(PeerRequest.get("/readyz"))
    }
    if let known = models[now], known != model {
      findings.append("version \(now) is of \(known) and of \(model)")
    }
    models[now] = model
    version = now
    awaited = nil
    done += 1
  }

  private static func version(_ answer: PeerAnswer) -> String? {
    if let header = answer.headers["x-rung-policy"] { return header }
    return (try? JSONText(answer.body))?.root["policy"]?["version"]?.string
  }
}
