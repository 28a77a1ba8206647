import Foundation
import HTTPUpstream
import Testing

/// `rung-standin` as a program of its own.
@Suite struct ProgramTests {
  private static var program: URL {
    #if os(macOS)
      (Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        ?? Bundle.main.bundleURL)
        .deletingLastPathComponent().appending(path: "rung-standin")
    #else
      URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "rung-standin")
    #endif
  }

  /// A run whose output goes into files; waiting for it holds no thread, of which tests have few.
  private struct Running {
    let process = Process()
    let input = Pipe()
    private let output: URL
    private let errors: URL

    init(_ arguments: [String]) throws {
      let files = FileManager.default
      let folder = files.temporaryDirectory.appending(path: "rung-standin-\(UUID().uuidString)")
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      output = folder.appending(path: "output")
      errors = folder.appending(path: "errors")
      for file in [output, errors] { try Data().write(to: file) }
      process.executableURL = ProgramTests.program
      process.arguments = arguments
      process.standardInput = input
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
    }

    var said: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }
    var complaint: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    func firstLine() async throws -> String {
      while !said.contains("\n"), process.isRunning {
        try await ContinuousClock().sleep(for: .milliseconds(5))
      }
      return said
    }

    func end() async throws -> Int32 {
      while process.isRunning { try await ContinuousClock().sleep(for: .milliseconds(5)) }
      try FileManager.default.removeItem(at: output.deletingLastPathComponent())
      return process.terminationStatus
    }
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `it says where it listens, answers, and ends cleanly on a signal`(number: Int32)
    async throws
  {
    let running = try Running(["--port", "0"])
    let line = try await running.firstLine()
    #expect(line.hasPrefix("listening on http://127.0.0.1:") && line.hasSuffix("/v1\n"))
    let address = line.dropFirst("listening on ".count).dropLast()
    let answer = try await HTTPUpstream().sendWhole(UpstreamRequest(.get, address + "/models"))
    #expect(answer.status == 200)
    kill(running.process.processIdentifier, number)
    #expect(try await running.end() == 0)
    #expect(running.process.terminationReason == .exit)
  }

  @Test func `it ends with its parent's end of the pipe if told so`() async throws {
    let running = try Running(["--exit-with-parent"])
    #expect(!(try await running.firstLine()).isEmpty)
    try running.input.fileHandleForWriting.close()
    #expect(try await running.end() == 0)
  }

  @Test(arguments: [
    (["--script", "/no/such/file.json"], "cannot read /no/such/file.json"),
    (["--port", "70000"], "no such port: 70000"), (["--host", "192.0.2.1"], "cannot listen"),
  ])
  func `what it cannot do is one clear error`(arguments: [String], message: String) async throws {
    let running = try Running(arguments)
    while running.process.isRunning {
      try await ContinuousClock().sleep(for: .milliseconds(5))
    }
    #expect(running.complaint.contains(message))
    #expect(try await running.end() != 0)
  }

  @Test func `it lists every fault`() async throws {
    let running = try Running(["--list-faults"])
    while running.process.isRunning {
      try await ContinuousClock().sleep(for: .milliseconds(5))
    }
    let lines = running.said.split(separator: "\n")
    #expect(lines.count > 40)
    #expect(lines.contains { $0.hasPrefix("status_429_seconds ") })
    #expect(try await running.end() == 0)
  }
}
