import Foundation

/// Overload: who is let in is served as ever, the rest hear so at once.
enum E4: Promise {
  static let name = "E4"
  static let text = "at ten times its capacity it serves as fast as ever and turns the rest away"

  private static let places = 8
  /// What the provider takes for an answer, so that so many places serve forty requests a second.
  private static let latency = 200
  private static let promised = Duration.milliseconds(50)
  /// In KiB.
  private static let mostMemory = 512 << 10

  static func tried(_ trial: Trial) async throws -> Verdict {
    let models = #"{"models": [{"name": "qwen3-8b", "latency_ms": \#(latency)}]}"#
    let ground = try ServedGround(trial, "e4", script: models)
    let gateway = try ground.gateway(trial, adding: ["--at-once", "\(places)"])
    let capacity = places * 1000 / latency
    trial.progress.show("E4 unloaded")
    var quiet = Load(to: gateway.port) { PeerRequest.chat("Where is my order number \($0)?") }
    // Half of what it could serve.
    try quiet.run(trial.count(5 * capacity, atLeast: 12), perSecond: capacity / 2)
    try quiet.finish(within: .seconds(20))
    trial.progress.show("E4 overloaded")
    var storm = Load(to: gateway.port) { PeerRequest.chat("Where is my parcel number \($0)?") }
    let count = trial.count(30 * 10 * capacity, atLeast: 10 * capacity)
    try storm.run(count, perSecond: 10 * capacity)
    try storm.finish(within: .seconds(20))
    let memory = ServedGateway.isMeasurable ? try gateway.memory().most : nil

    let calm = quiet.answered.filter { $0.answer.status == 200 }.map(\.time).percentile(99)
    let served = storm.answered.filter { $0.answer.status == 200 }.map(\.time)
    let refused = storm.answered.filter { [429, 503].contains($0.answer.status) }
    let turned = refused.map(\.time).percentile(99)
    var findings: [String] = []
    if quiet.lost + storm.lost > 0 {
      findings.append("\(quiet.lost + storm.lost) requests got no answer")
    }
    if served.count + refused.count != storm.answered.count {
      findings.append("an answer is neither one nor a refusal")
    }
    let mute = refused.count { ($0.answer.headers["retry-after"].flatMap { Int($0) } ?? 0) < 1 }
    if mute > 0 { findings.append("\(mute) refusals without retry-after") }
    findings += trial.late(
      served.percentile(99) > calm * 3,
      "who was let in waits \(served.percentile(99).milliseconds) ms, "
        + "\(calm.milliseconds) unloaded")
    findings += trial.late(
      turned > promised * 10, "refusals take \(turned.milliseconds) ms")
    if let memory, memory > mostMemory { findings.append("it took \(memory / 1024) MB") }
    if refused.count < served.count { findings.append("few were refused: a blind trial") }
    findings += trial.late(
      served.count * 2 < count / 10,
      "only \(served.count) of \(count) were served: it does not keep its places full")
    if served.isEmpty { findings.append("none was served") }
    return .of(
      findings,
      "\(count) requests at 10 × capacity: \(served.count) served, 99 of 100 within "
        + "\(served.percentile(99).milliseconds) ms (unloaded \(calm.milliseconds)), "
        + "\(refused.count) refused, 99 of 100 within \(turned.milliseconds) ms (at most "
        + "\(promised.milliseconds)), all with retry-after; memory at most "
        + (memory.map { "\($0 / 1024) MB" } ?? "not measured"))
  }
}
