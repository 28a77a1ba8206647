import Foundation

/// No leak: a gateway that has served long is as large as one that has served a while.
enum E6: Promise {
  static let name = "E6"
  static let text = "no file descriptor and hardly any memory is lost over hours"

  private struct Sample {
    let time: Duration
    let files: Int
    /// In KiB.
    let memory: Int
  }

  static func tried(_ trial: Trial) async throws -> Verdict {
    guard ServedGateway.isMeasurable else {
      return .notRun("files and memory of a process are measured on Linux only")
    }
    let isSmall = trial.share < 500_000
    let pace = isSmall ? 150 : 250
    let requests = trial.count(180 * pace, atLeast: 3 * pace)
    let ground = try ServedGround(trial, "e6")
    let gateway = try ground.gateway(trial)
    let rounds = isSmall ? 6 : 18
    var load = Load(to: gateway.port) { request($0) }
    var samples: [Sample] = []
    let start = ContinuousClock.now
    for round in 0..<rounds {
      trial.progress.show("E6 round \(round + 1) of \(rounds)")
      try load.run(requests / rounds, perSecond: pace)
      try load.finish(within: .seconds(20))
      try leave(gateway)
      let model = round.isMultiple(of: 2) ? "deepseek-reasoner" : "qwen3-8b"
      try gateway.replace("policy.rung", by: ServedGround.policy(model: model))
      _ = try gateway.answer(PeerRequest.post("/admin/reload"))
      load.hangUp()
      usleep(300_000)
      samples.append(
        Sample(
          time: ContinuousClock.now - start, files: try gateway.openFiles(),
          memory: try gateway.memory().now))
    }
    return verdict(load, Array(samples.dropFirst(rounds / 3)), isSmall: isSmall)
  }

  /// Streams, plain answers and mistakes in turn.
  private static func request(_ number: Int) -> [UInt8] {
    switch number % 8 {
    case 0, 3: PeerRequest.chat("Where is my order number \(number)?", streams: true)
    case 5: PeerRequest.post("/v1/chat/completions", "{\"model\":")
    default: PeerRequest.chat("Where is my order number \(number)?")
    }
  }

  /// Callers who go away in the middle.
  private static func leave(_ gateway: ServedGateway) throws {
    let peers = try (0..<8).map { _ in try Peer(to: gateway.port) }
    for peer in peers { peer.send(PeerRequest.chat("Never mind.", streams: true)) }
    peers.wait(atMost: .milliseconds(5))
  }

  private static func verdict(_ load: Load, _ samples: [Sample], isSmall: Bool) -> Verdict {
    guard let first = samples.first, let last = samples.last else {
      return .notRun("nothing was measured")
    }
    var findings: [String] = []
    if load.lost > 0 { findings.append("\(load.lost) requests got no answer") }
    // The middle of each end, so that one sample decides nothing.
    let third = max(1, samples.count / 3)
    // Idle connections to the provider are kept, as many as were ever needed at once: what is lost
    // grows on and on.
    let before = samples.dropLast(third).map(\.files).max() ?? first.files
    let after = samples.suffix(third).map(\.files).min() ?? last.files
    let left = max(0, after - before)
    if left > (isSmall ? 8 : 0) { findings.append("\(left) files stay open that did not before") }
    let early = samples.prefix(third).map(\.memory).sorted()[third / 2]
    let late = samples.suffix(third).map(\.memory).sorted()[third / 2]
    let growth = late - early
    // A page here and there comes and goes: in minutes a leak of one megabyte an hour cannot be told
    // from that, one of thirty bytes a request can.
    let most = (isSmall ? 24 : 1) << 10
    if growth > most { findings.append("memory grows by \(growth) KiB") }
    let hours = (last.time - first.time) * (samples.count - third) / max(1, samples.count - 1)
    let series = samples.map { "\($0.memory / 1024)" }.joined(separator: " ")
    let milliseconds = max(1, hours.milliseconds)
    return .of(
      findings,
      "\(load.sent) requests in \(last.time.components.seconds) s: \(left) files "
        + "more than after the warm-up, memory \(series) MB, \(growth) KiB more in "
        + "\(milliseconds / 1000) s (that pace for an hour: "
        + "\(growth * 3600 / Int(milliseconds) * 1000 / 1024) MB)")
  }
}
