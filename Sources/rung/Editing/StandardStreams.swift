import Foundation
import PolicyLanguageServer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A client's bytes in and out.
enum StandardStreams {
  /// Hands on what comes, from a thread of its own, until it ends.
  static func read(into input: ServerInput) {
    let thread = Thread {
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
          unsafe Foundation.read(0, bytes.baseAddress, bytes.count)
        }
        if count > 0 {
          input.read(Array(buffer[..<count]))
        } else if count == 0 || errno != EINTR {
          break
        }
      }
      input.end()
    }
    thread.start()
  }

  /// A client that is gone ends the server.
  static let send: @Sendable ([UInt8]) -> Void = { bytes in
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(bytes))
    } catch {
      Foundation.exit(CommandExit.findings.rawValue)
    }
  }
}
