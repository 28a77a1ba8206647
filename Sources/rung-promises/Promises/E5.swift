import Foundation

/// Slow peers: who reads slowly costs little, who never gets to the point is shown out.
enum E5: Promise {
  static let name = "E5"
  static let text = "slow readers cost at most 64 KiB each, half-open connections go within 15 s"

  /// What a slow reader may cost, in KiB.
  private static let promised = 64
  /// Fewer readers share what the first of them costs once.
  private static let fewest = 500

  static func tried(_ trial: Trial) async throws -> Verdict {
    guard ServedGateway.isMeasurable else {
      return .notRun("what a connection costs is measured on Linux only")
    }
    let ground = try ServedGround(trial, "e5", script: script)
    var halfOpen = try HalfOpen(
      ground.besides(trial, "doors"), count: trial.count(2000, atLeast: 60))
    let readers = try readers(
      ground.besides(trial, "readers"), count: trial.count(1000, atLeast: 40)
    ) {
      trial.progress.show("E5")
      try halfOpen.step()
    }
    while !halfOpen.isOver {
      try halfOpen.step()
      usleep(20_000)
    }
    let note = readers.count < fewest ? ", not judged with so few" : ""
    return .of(
      readers.findings + halfOpen.findings,
      "\(readers.count) readers of 1 MiB streams cost \(readers.each) KiB each (at most "
        + "\(promised)\(note)); \(halfOpen.count) half-open connections gone within "
        + "\(halfOpen.last.milliseconds) ms (at most 15000)")
  }

  /// A mebibyte of answer, in events of a kibibyte.
  private static var script: String {
    let words = String(repeating: "slowly ", count: 124)
    let event =
      #"{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"qwen3-8b\","#
      + #"\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\#(words)\"},\"finish_reason\":null}]}"#
    let end =
      #"{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"qwen3-8b\","#
      + #"\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"#
    let events = (Array(repeating: event, count: 1024) + [end, "[DONE]"]).map { "\"\($0)\"" }
    let rule = #"{"contains": "slow", "events": [\#(events.joined(separator: ","))]}"#
    return #"{"rules": [\#(rule)]}"#
  }

  private struct Readers {
    let count: Int
    /// In KiB.
    let each: Int
    let findings: [String]
  }

  private static func readers(
    _ gateway: ServedGateway, count: Int, between: () throws -> Void
  ) throws -> Readers {
    for _ in 0..<20 { _ = try gateway.answer(PeerRequest.chat("warm up", streams: true)) }
    let before = try gateway.memory().now
    var peers: [Peer] = []
    for number in 0..<count {
      let peer = try Peer(to: gateway.port, room: 4096)
      peer.appetite = 256
      peer.send(PeerRequest.chat("a slow answer, number \(number)", streams: true))
      peers.append(peer)
      if number.isMultiple(of: 50) { try between() }
    }
    let begun = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < begun {
      // Who has its first bytes is left alone: it is slow.
      let silent = peers.filter { $0.received.isEmpty && $0.state == .open }
      guard !silent.isEmpty else { break }
      silent.wait(atMost: .milliseconds(10))
      try between()
    }
    // Each reads a little now and then.
    let end = ContinuousClock.now + .seconds(count < 1000 ? 2 : 8)
    var peak = before
    while ContinuousClock.now < end {
      for peer in peers { peer.read() }
      try between()
      usleep(100_000)
      peak = try max(peak, gateway.memory().now)
    }
    var findings: [String] = []
    let silent = peers.count { $0.received.isEmpty || $0.state != .open }
    if silent > 0 { findings.append("\(silent) of \(count) slow readers get nothing") }
    let each = (peak - before) / count
    if count >= fewest, each > promised { findings.append("a slow reader costs \(each) KiB") }
    // Who hurries up gets the rest.
    let hurried = Array(peers.prefix(5))
    for peer in hurried { peer.appetite = 65_536 }
    _ = hurried.wait(within: .seconds(20)) {
      hurried.allSatisfy { $0.received.suffix(5).elementsEqual("0\r\n\r\n".utf8) }
    }
    let cut = try hurried.count { try $0.answer()?.isWholeStream != true }
    if cut > 0 { findings.append("\(cut) streams were not whole for having been read slowly") }
    return Readers(count: count, each: each, findings: findings)
  }
}

/// Connections that never send a whole head: silent ones, half a head, and one byte a second.
private struct HalfOpen {
  let count: Int
  /// When the last was gone, from the moment it was opened.
  private(set) var last = Duration.zero
  private(set) var findings: [String] = []
  private let gateway: ServedGateway
  private let files: Int
  private var peers: [(peer: Peer, since: ContinuousClock.Instant)] = []
  private let begin = ContinuousClock.now
  private var drips = 0
  private static let promised = Duration.seconds(15)

  init(_ gateway: ServedGateway, count: Int) throws {
    self.gateway = gateway
    self.count = count
    _ = try gateway.answer(PeerRequest.get("/healthz"))
    files = try gateway.openFiles()
    for number in 0..<count {
      let peer = try Peer(to: gateway.port)
      if number % 3 > 0 {
        peer.send(Array("POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\n".utf8))
      }
      peers.append((peer, .now))
    }
    let start = ContinuousClock.now
    let answer = try gateway.answer(PeerRequest.get("/healthz"))
    if answer.status != 200 || ContinuousClock.now - start > .seconds(5) {
      findings.append("nobody else is served beside \(count) half-open connections")
    }
  }

  var isOver: Bool { peers.isEmpty }

  mutating func step() throws {
    peers.map(\.peer).wait(atMost: .zero)
    let now = ContinuousClock.now
    if now - begin > .seconds(drips + 1) {
      drips += 1
      for (number, peer) in peers.map(\.peer).enumerated() where number % 3 == 2 {
        peer.send([0x61])
      }
    }
    for (peer, since) in peers where peer.state != .open { last = max(last, now - since) }
    peers.removeAll { $0.peer.state != .open }
    if let first = peers.first, now - first.since > Self.promised {
      findings.append("\(peers.count) of \(count) half-open connections are there after 15 s")
      peers = []
    }
    if peers.isEmpty {
      usleep(200_000)
      let left = try gateway.openFiles() - files
      if left > 0 { findings.append("\(left) files of connections that are gone stay open") }
    }
  }
}
