import Foundation
import HTTPUpstream
import Testing

/// TLS against OpenSSL's own test server, with a certificate nobody has signed.
@Suite struct TLSTests {
  @Test func `a certificate nobody vouches for is refused, and one that was named is trusted`()
    async throws
  {
    guard let server = try await TLSServer() else {
      print("no openssl here: TLS was not tried")
      return
    }
    defer { server.stop() }
    let key = try #require(Secret("sk-not-for-strangers-55"))
    let request = UpstreamRequest(.get, server.address, headers: [.bearer(key)])

    let strict = HTTPUpstream()
    let refused = await strict.outcome(of: request)
    guard case .failed(.tls(let host, let detail)) = refused else {
      Issue.record("\(refused)")
      return
    }
    #expect(server.address.hasSuffix(host))
    #expect(detail.contains("certificate") && !detail.contains("sk-"))

    let trusting = HTTPUpstream(configuration: .init(certificateFile: server.certificate))
    #expect(await trusting.outcome(of: request) == .answered(200))

    let lost = HTTPUpstream(configuration: .init(certificateFile: "/no/such/file.pem"))
    guard case .failed(.tls) = await lost.outcome(of: request) else {
      Issue.record("a missing certificate file must refuse every connection")
      return
    }
  }
}

/// `openssl s_server` on a free port, with a certificate of its own for 127.0.0.1.
private struct TLSServer {
  let address: String
  let certificate: String
  private let folder: URL
  private let process: Process

  /// Nil where there is no openssl.
  init?() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "rung-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    certificate = folder.appending(path: "certificate.pem").path
    let key = folder.appending(path: "key.pem").path
    let made = Self.openssl([
      "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
      "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate,
    ])
    made.standardOutput = FileHandle.nullDevice
    made.standardError = FileHandle.nullDevice
    guard (try? made.run()) != nil else { return nil }
    guard try await made.end() == 0 else { return nil }
    // Into a file: a pipe would have to be read by a thread that waits.
    let log = folder.appending(path: "log")
    guard FileManager.default.createFile(atPath: log.path, contents: nil) else { return nil }
    process = Self.openssl([
      "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", certificate, "-key", key,
    ])
    process.standardOutput = try FileHandle(forWritingTo: log)
    process.standardError = FileHandle.nullDevice
    process.standardInput = Pipe()
    try process.run()
    // The line is `ACCEPT 127.0.0.1:43211`.
    var port: Substring?
    while port == nil {
      try await ContinuousClock().sleep(for: .milliseconds(5))
      guard process.isRunning else { return nil }
      let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
      port = lines.first { $0.hasPrefix("ACCEPT ") }?.split(separator: ":").last
    }
    address = "https://127.0.0.1:\(port ?? "0")"
  }

  func stop() {
    // Not by a signal that asks: a test's threads block those, and what they start does too.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  private static func openssl(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    return process
  }
}

extension Process {
  /// The status it ends with; waits without holding a thread, of which tests have few.
  fileprivate func end() async throws -> Int32 {
    while isRunning { try await ContinuousClock().sleep(for: .milliseconds(5)) }
    return terminationStatus
  }
}
