import StandInProvider

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file of `--log`: opened for appending, one write for each line, so that a line is there whole
/// when the answer it tells of begins.
struct CallBook: Sendable {
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Refusal("cannot write to \(path)") }
  }

  /// A line that cannot be written ends the program: a log with gaps proves nothing.
  func write(_ event: CallEvent) {
    let line = event.line(atMilliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    let written = unsafe line.withUnsafeBytes { bytes in
      #if canImport(Darwin)
        unsafe Darwin.write(descriptor, bytes.baseAddress, bytes.count)
      #elseif canImport(Glibc)
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      #elseif canImport(Musl)
        unsafe Musl.write(descriptor, bytes.baseAddress, bytes.count)
      #endif
    }
    precondition(written == line.count, "the log of calls cannot be written")
  }
}
