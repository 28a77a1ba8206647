import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file read and written at places, without buffers; what the lock, the head and `verify` need.
///
/// The module's one door to the system's files.
///
/// INVARIANT: never opened on a database file this process has open through SQLite: closing it would
/// drop SQLite's locks.
final class RawFile: Sendable {
  /// The system's word for what went wrong.
  struct Failure: Error {
    let reason: String

    static var last: Failure { unsafe Failure(reason: String(cString: strerror(errno))) }
  }

  private let descriptor: Mutex<Int32>

  init(reading path: String) throws(Failure) {
    descriptor = Mutex(try Self.open(path, O_RDONLY))
  }

  /// Creates the file if it is missing.
  init(writing path: String) throws(Failure) {
    descriptor = Mutex(try Self.open(path, O_RDWR | O_CREAT))
  }

  deinit { close() }

  private static func open(_ path: String, _ flags: Int32) throws(Failure) -> Int32 {
    let descriptor = openFile(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  func close() {
    descriptor.withLock { descriptor in
      if descriptor >= 0 { closeFile(descriptor) }
      descriptor = -1
    }
  }

  /// Takes the file for this process without waiting; false if another holds it.
  ///
  /// Ends with the process, however that ends.
  func tryLock() -> Bool { descriptor.withLock { flock($0, LOCK_EX | LOCK_NB) } == 0 }

  var size: Int64 {
    get throws(Failure) {
      let size = descriptor.withLock { lseek($0, 0, SEEK_END) }
      guard size >= 0 else { throw .last }
      return Int64(size)
    }
  }

  func truncate(to size: Int64) throws(Failure) {
    guard descriptor.withLock({ ftruncate($0, off_t(size)) }) == 0 else { throw .last }
  }

  /// Up to `count` bytes; fewer only at the end of the file.
  func read(_ count: Int, at offset: Int64) throws(Failure) -> [UInt8] {
    var failed = false
    let bytes = descriptor.withLock { descriptor in
      unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
          guard let base = buffer.baseAddress else { break }
          let step = unsafe pread(
            descriptor, base + filled, count - filled, off_t(offset) + off_t(filled))
          if step < 0 && errno == EINTR { continue }
          failed = step < 0
          guard step > 0 else { break }
          filled += step
        }
      }
    }
    if failed { throw .last }
    return bytes
  }

  func write(_ bytes: [UInt8], at offset: Int64) throws(Failure) {
    let written = descriptor.withLock { descriptor in
      unsafe bytes.withUnsafeBytes {
        unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
    }
    guard written == bytes.count else { throw .last }
  }
}

// The system's own, outside the type whose methods have their names.

private func openFile(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  unsafe open(path, flags, mode)
}

private func closeFile(_ descriptor: Int32) { _ = close(descriptor) }
