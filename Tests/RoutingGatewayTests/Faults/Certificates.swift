import Foundation

/// Certificates nobody should accept, and servers that show them; all of it ends with `stop`, or with
/// this process.
struct Certificates {
  /// A PEM file that vouches for both certificates: what is wrong with them is not their issuer.
  let trusted: String
  let expired: Server
  let wrongName: Server
  private let folder: URL

  struct Server {
    let port: UInt16
    fileprivate let process: Process
    fileprivate let input: Pipe
  }

  /// Nil where there is no openssl.
  init?() async throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "rung-certificates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let made = Process()
    made.executableURL = URL(filePath: "/bin/sh")
    made.arguments = ["-c", Self.making]
    made.currentDirectoryURL = folder
    made.standardOutput = FileHandle.nullDevice
    made.standardError = FileHandle.nullDevice
    try made.run()
    while made.isRunning { try await ContinuousClock().sleep(for: .milliseconds(5)) }
    guard made.terminationStatus == 0,
      let expired = try await Self.serve("expired.pem", in: folder),
      let wrongName = try await Self.serve("stranger.pem", in: folder)
    else {
      try? FileManager.default.removeItem(at: folder)
      return nil
    }
    self.expired = expired
    self.wrongName = wrongName
    trusted = folder.appending(path: "trusted.pem").path
  }

  func stop() {
    // Both before either is waited for: the one that began later holds the other's pipe too.
    for server in [expired, wrongName] { try? server.input.fileHandleForWriting.close() }
    for server in [expired, wrongName] { server.process.waitUntilExit() }
    try? FileManager.default.removeItem(at: folder)
  }

  private static let making = """
    set -e
    printf '%s\\n' '[ca]' 'default_ca = it' '[it]' 'database = index' 'serial = serial' \
      'new_certs_dir = .' 'default_md = sha256' 'policy = names' 'x509_extensions = host' \
      '[names]' 'commonName = supplied' \
      '[host]' 'basicConstraints = CA:TRUE' 'subjectAltName = IP:127.0.0.1' > ca.cnf
    : > index
    echo 01 > serial
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=elsewhere.test \
      -addext subjectAltName=DNS:elsewhere.test -keyout key.pem -out stranger.pem
    openssl req -new -key key.pem -subj /CN=127.0.0.1 -out request.pem
    openssl ca -batch -notext -selfsign -config ca.cnf -keyfile key.pem -in request.pem \
      -startdate 20200101000000Z -enddate 20200102000000Z -out expired.pem
    cat stranger.pem expired.pem > trusted.pem
    """

  /// `openssl s_server` on a free port.
  ///
  /// The shell around it waits for the end of its input, which comes with the end of this process
  /// too, and takes the server along: by force, because a test's threads block the signals that ask.
  private static func serve(_ certificate: String, in folder: URL) async throws -> Server? {
    let process = Process()
    let input = Pipe()
    let log = folder.appending(path: "\(certificate).log")
    guard FileManager.default.createFile(atPath: log.path, contents: nil) else { return nil }
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c",
      """
      openssl s_server -accept 127.0.0.1:0 -www -cert \(certificate) -key key.pem < /dev/null &
      cat > /dev/null
      kill -9 $!
      """,
    ]
    process.currentDirectoryURL = folder
    process.standardInput = input
    process.standardOutput = try FileHandle(forWritingTo: log)
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The line is `ACCEPT 127.0.0.1:43211`.
    for _ in 0..<2000 {
      let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
      if let line = lines.first(where: { $0.hasPrefix("ACCEPT ") }),
        let port = line.split(separator: ":").last.flatMap({ UInt16($0) })
      {
        return Server(port: port, process: process, input: input)
      }
      try await ContinuousClock().sleep(for: .milliseconds(5))
    }
    try? input.fileHandleForWriting.close()
    return nil
  }
}
