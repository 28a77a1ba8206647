import Foundation
import RoutingLedger
import RoutingTestSupport
import StandInProvider
import Testing

/// OpenAI's own client against the gateway, where this machine has Python with the package: `.ci/clients`
/// puts them there.
@Suite struct `The client of OpenAI` {
  static let policy = """
    ladder two(max_budget = $0.50) { tier cheap  tier dear }
    budget pocket = $0.000001 per user per hour when user = "poor"
    route closed when question mentions "forbidden" { refuse "not here" }
    otherwise { use two }
    """

  static let script = Script(
    chunkDelay: 10,
    rules: [
      Rule(contains: "explode", fault: .status500), Rule(contains: "hurry", fault: .status429),
      Rule(contains: "slow", delay: 3000), Rule(contains: "break off", fault: .streamCut),
    ])

  @Test func `works against the gateway as against its own server`() async throws {
    guard let python = Self.python else {
      SharedData.say("no Python with the package openai: run .ci/clients; nothing was checked")
      return
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "openai_client.py").path
    try await GatewayGround.with(Self.policy, script: Self.script) { ground in
      let (status, output) = try await Self.run(python, [file, ground.address])
      #expect(status == 0, "\(output.suffix(3000))")
      // The stream it left in the middle is on record as what it was.
      var last: LedgerEntry?
      for _ in 0..<50 where last?.status != .cancelled {
        last = try ground.rows().last
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(last?.status == .cancelled)
      SharedData.say("the client of OpenAI: \(output.split(separator: "\n").last ?? "nothing")")
    }
  }

  @Test func `curl gets an answer and a stream`() async throws {
    let curl = "/usr/bin/curl"
    guard FileManager.default.isExecutableFile(atPath: curl) else {
      SharedData.say("no curl on this machine: nothing was checked")
      return
    }
    try await GatewayGround.with(Self.policy) { ground in
      let body = GatewayGround.chat("where is it?", more: #","stream":true"#)
      let arguments = ["-sS", "-N", "-H", "content-type: application/json", "-d", body]
      let (status, output) = try await Self.run(
        curl, arguments + [ground.address + "/v1/chat/completions"])
      #expect(status == 0 && output.hasSuffix("data: [DONE]\n\n"))
      #expect(output.hasPrefix("data: {"))
    }
  }

  /// The first that has the package.
  private static var python: String? {
    let home = ProcessInfo.processInfo.environment
    let cache = home["XDG_CACHE_HOME"] ?? (home["HOME"] ?? "") + "/.cache"
    let places = [home["RUNG_PYTHON"], "\(cache)/rung-clients/bin/python3"]
    return places.compactMap(\.self).first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a program without holding a thread of the gateway's.
  private static func run(
    _ program: String, _ arguments: [String]
  ) async throws -> (status: Int32, output: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "rung-\(UUID().uuidString)")
    #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
    defer { try? FileManager.default.removeItem(at: file) }
    let handle = try FileHandle(forWritingTo: file)
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = handle
    process.standardError = handle
    let (ends, end) = AsyncStream<Int32>.makeStream()
    process.terminationHandler = { end.yield($0.terminationStatus) }
    try process.run()
    let status = await ends.first { _ in true }
    try handle.close()
    return (status ?? -1, String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }
}
