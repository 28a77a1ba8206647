import Foundation

/// `rung serve` as a process of its own, before a provider of ours.
final class ServedGateway {
  let port: UInt16
  let policy: URL
  let ledger: URL
  private let child: Child

  init(
    _ programs: Programs, in folder: URL, policy: URL, before provider: String,
    adding arguments: [String] = [], environment: [String: String] = [:]
  ) throws {
    self.policy = policy
    ledger = folder.appending(path: "rung.ledger")
    let all = [
      "serve", policy.path, "--port", "0", "--quiet", "--ledger", ledger.path, "--base-url",
      provider,
    ]
    child = try Child(
      Child.Start(
        program: programs.rung, arguments: all + arguments, environment: environment,
        folder: folder, name: "gateway"))
    let deadline = ContinuousClock.now + .seconds(20)
    var port: UInt16?
    while port == nil {
      guard child.endingIfOver() == nil, ContinuousClock.now < deadline else {
        child.kill()
        throw PromiseFailure("rung serve does not start: \(child.complaint)")
      }
      usleep(2000)
      // `serving PATH on http://127.0.0.1:PORT/v1`
      guard child.said.hasSuffix("/v1\n") else { continue }
      port = child.said.split(separator: ":").last.flatMap { UInt16($0.dropLast(4)) }
    }
    guard let port else { throw PromiseFailure("rung serve does not say its port") }
    self.port = port
  }

  deinit {
    if !hasEnded {
      child.kill()
      _ = child.ending(within: .seconds(5))
    }
  }

  private var hasEnded = false

  func reload() { child.send(SIGHUP) }
  func stop() { child.send(SIGTERM) }

  func ending(within limit: Duration) -> Child.Ending {
    hasEnded = true
    return child.ending(within: limit)
  }

  var complaint: String { child.complaint }

  /// Puts a file of the policy into its place at once, as whoever is careful does.
  func replace(_ name: String, by text: String) throws {
    let beside = policy.appending(path: name + ".new")
    try Data(text.utf8).write(to: beside)
    guard unsafe rename(beside.path, policy.appending(path: name).path) == 0 else {
      throw PromiseFailure("a policy cannot be replaced")
    }
  }

  /// One request on a connection of its own.
  func answer(_ request: [UInt8], within limit: Duration = .seconds(20)) throws -> PeerAnswer {
    let peer = try Peer(to: port)
    peer.send(request)
    let end = ContinuousClock.now + limit
    while true {
      if let answer = try peer.answer() { return answer }
      guard ContinuousClock.now < end, peer.state == .open else {
        throw PromiseFailure("rung serve does not answer: \(complaint)")
      }
      [peer].wait(atMost: .milliseconds(10))
    }
  }

  // MARK: What it takes of the machine, which only Linux tells

  /// In KiB: the memory it has now, and the most it ever had.
  func memory() throws -> (now: Int, most: Int) {
    let status = try String(contentsOfFile: "/proc/\(child.process)/status", encoding: .utf8)
    func amount(_ name: String) -> Int? {
      status.split(separator: "\n").first { $0.hasPrefix(name) }?
        .split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }
    }
    guard let now = amount("VmRSS:"), let most = amount("VmHWM:") else {
      throw PromiseFailure("the system does not say how much memory rung serve has")
    }
    return (now, most)
  }

  /// How many files and connections it has open.
  func openFiles() throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child.process)/fd").count
  }

  static var isMeasurable: Bool {
    #if os(Linux)
      true
    #else
      false
    #endif
  }
}
