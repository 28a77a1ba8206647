import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a log: a file, a pipe, or a file without a name that holds what came through one.
///
/// Owns its descriptor, unless that is standard input.
final class LogBytes: Sendable {
  /// Bytes that are read at a time: what simdjson's index keeps its memory for.
  static let piece = 192 * 1024

  let path: String
  private let descriptor: Int32
  /// Where it begins: standard input may have been read from before.
  private let start: off_t

  init(opening path: String) throws(CommandFailure) {
    self.path = path
    descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path, errno) }
    start = max(0, lseek(descriptor, 0, SEEK_CUR))
  }

  /// A file that is gone with the process, for lines of the log at `path`.
  init(sparing path: String) throws(CommandFailure) {
    self.path = path
    let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
    var name = Array("\(folder)/rung-log-XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&name)
    guard descriptor >= 0 else { throw Self.noRoom(path, errno) }
    _ = unsafe unlink(&name)
    start = 0
  }

  deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

  /// Whether it can be read a second time.
  var isFile: Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// What is read next is its first byte again; of a file only.
  func rewind() { lseek(descriptor, start, SEEK_SET) }

  /// The next bytes; none at the end.
  func next() throws(CommandFailure) -> [UInt8] {
    let descriptor = descriptor
    return try unsafe read(Self.piece) { unsafe Glibc.read(descriptor, $0, $1) }
  }

  /// Those between two places, which are there.
  func bytes(_ range: Range<Int>) throws(CommandFailure) -> [UInt8] {
    let descriptor = descriptor
    var found: [UInt8] = []
    while found.count < range.count {
      let place = range.lowerBound + found.count
      let offset = start + off_t(place)
      let piece = try unsafe read(range.upperBound - place) {
        unsafe pread(descriptor, $0, $1, offset)
      }
      guard !piece.isEmpty else {
        throw CommandFailure("`\(path)` became shorter while it was read")
      }
      found = found.isEmpty ? piece : found + piece
    }
    return found
  }

  private func read(
    _ most: Int, _ fill: (UnsafeMutableRawPointer?, Int) -> Int
  ) throws(CommandFailure) -> [UInt8] {
    var failure: Int32 = 0
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      var read = -1
      repeat {
        read = unsafe fill(UnsafeMutableRawPointer(buffer.baseAddress), buffer.count)
      } while read < 0 && errno == EINTR
      if read < 0 { failure = errno }
      count = max(0, read)
    }
    guard failure == 0 else { throw Self.unreadable(path, failure) }
    return piece
  }

  func append(_ bytes: [UInt8]) throws(CommandFailure) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe write(
          descriptor, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.noRoom(path, errno) }
      written += count
    }
  }

  private static func unreadable(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure("`\(path)` cannot be read: \(Files.reason(code))")
  }

  private static func noRoom(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure(
      "`\(path)` may have to be put in order of time, and there is no room for it in the folder for "
        + "temporary files: \(Files.reason(code)); put it into a file of lines in order, and read that"
    )
  }
}
