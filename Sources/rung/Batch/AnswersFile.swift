import Foundation
import RoutingGateway

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The file a batch's answers go to: whole lines only, one run of a batch at a time.
///
/// A line is one write at the end of the file; lines reach the disk for certain in groups. A process
/// that dies leaves whole lines, or one torn line at the end, which the next one cuts off.
actor AnswersFile {
  /// What was there when it was opened.
  struct Found: Sendable {
    /// With their lines in the file, from 1.
    var lines: [(number: Int, line: BatchLine)] = []
    /// As every line has it; nil without lines.
    var batch: BatchName?
    /// Bytes of a torn last line that were cut off.
    var torn = 0
    /// When it was last written, in milliseconds since 1970; nil if it was made now.
    var written: Int64?
  }

  nonisolated let path: String
  nonisolated let found: Found
  private var descriptor: Int32
  /// Where the last whole line ends.
  private var length: Int64
  private var unsynced = 0
  private var synced: ContinuousClock.Instant

  private static let group = 64
  private static let pause = Duration.seconds(1)

  /// Opens the file or makes it, and takes it for this process.
  ///
  /// A torn last line is cut off; a file with anything but answers of one batch is left as it is.
  init(_ path: String) throws(CommandFailure) {
    self.path = path
    let (descriptor, isNew) = try Self.open(path)
    self.descriptor = descriptor
    synced = .now
    do throws(CommandFailure) {
      var found = try Self.read(path)
      if isNew { found.found.written = nil }
      if found.found.torn > 0, ftruncate(descriptor, off_t(found.whole)) != 0 {
        throw Self.failure(path, errno)
      }
      self.found = found.found
      length = found.whole
    } catch {
      _ = close(descriptor)
      throw error
    }
  }

  deinit { _ = close(descriptor) }

  /// Adds whole lines; nothing of them is left if it fails.
  func append(_ lines: [UInt8]) throws(CommandFailure) {
    guard !lines.isEmpty else { return }
    try Self.write(lines, to: descriptor, from: length, of: path)
    length += Int64(lines.count)
    unsynced += 1
    if unsynced >= Self.group || .now - synced > Self.pause { try sync() }
  }

  /// Returns once every line is on the disk.
  func sync() throws(CommandFailure) {
    guard unsynced > 0 else { return }
    guard fsync(descriptor) == 0 else { throw Self.failure(path, errno) }
    unsynced = 0
    synced = .now
  }

  /// Takes lines out, in one step: a reader, and a process that comes after a crash, sees the file
  /// with them or without.
  func remove(_ numbers: Set<Int>) throws(CommandFailure) {
    guard !numbers.isEmpty else { return }
    guard let bytes = Files.bytes(path) else { throw Self.failure(path, EIO) }
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    for (index, line) in lines.enumerated() where !numbers.contains(index + 1) {
      kept += line
      kept.append(0x0A)
    }
    let target = URL(filePath: path).resolvingSymlinksInPath()
    let draft = target.deletingLastPathComponent()
      .appending(path: ".\(target.lastPathComponent).\(UUID().uuidString)")
    let code = Self.system(draft.path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC)
    guard code >= 0 else { throw Self.failure(path, errno) }
    do throws(CommandFailure) {
      // Taken before it has the name: nobody finds the file free in between.
      var status = stat()
      guard flock(code, LOCK_EX | LOCK_NB) == 0, unsafe fstat(descriptor, &status) == 0,
        fchmod(code, status.st_mode & 0o7777) == 0
      else { throw Self.failure(path, errno) }
      try Self.write(kept, to: code, from: 0, of: path)
      guard fsync(code) == 0, unsafe rename(draft.path, target.path) == 0 else {
        throw Self.failure(path, errno)
      }
    } catch {
      _ = close(code)
      try? FileManager.default.removeItem(at: draft)
      throw error
    }
    _ = close(descriptor)
    descriptor = code
    length = Int64(kept.count)
  }

  /// All of it or, as far as the disk lets go of it, nothing.
  static func write(
    _ bytes: [UInt8], to descriptor: Int32, from start: Int64, of path: String
  ) throws(CommandFailure) {
    var done = 0
    while done < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { all in
        unsafe write(descriptor, all, from: done)
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        let reason = errno
        _ = ftruncate(descriptor, off_t(start))
        throw failure(path, reason)
      }
      done += written
    }
  }

  private static func write(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, from start: Int
  ) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    #if canImport(Glibc)
      return unsafe Glibc.write(descriptor, base + start, bytes.count - start)
    #else
      return unsafe Darwin.write(descriptor, base + start, bytes.count - start)
    #endif
  }

  static func failure(_ path: String, _ code: Int32) -> CommandFailure {
    CommandFailure("could not write `\(path)`: \(Files.reason(code))", exit: .couldNotRun)
  }

  static func system(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
      unsafe Glibc.open(path, flags, 0o644)
    #else
      unsafe Darwin.open(path, flags, 0o644)
    #endif
  }
}

// MARK: Opening

extension AnswersFile {
  /// The file, taken for this process, and whether it was made.
  private static func open(_ path: String) throws(CommandFailure) -> (Int32, isNew: Bool) {
    do throws(CommandFailure) {
      _ = try Files.target(path)
    } catch {
      guard Files.isFolder(path) == false else { throw error }
      throw CommandFailure(
        "`\(path)` is no regular file: a batch is resumed from its answers, so name a file with -o",
        exit: .couldNotRun)
    }
    let isNew = Files.isFolder(path) == nil
    let descriptor = system(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      _ = close(descriptor)
      guard reason == EWOULDBLOCK else { throw failure(path, reason) }
      throw CommandFailure(
        "`\(path)` is being written by another run of its batch: wait for it", exit: .couldNotRun)
    }
    var ours = stat()
    var named = stat()
    guard unsafe fstat(descriptor, &ours) == 0, unsafe stat(path, &named) == 0,
      ours.st_ino == named.st_ino, ours.st_dev == named.st_dev
    else {
      _ = close(descriptor)
      throw CommandFailure(
        "`\(path)` was put anew by another run of its batch: try again", exit: .couldNotRun)
    }
    return (descriptor, isNew)
  }

  /// What is there, and where its last whole line ends; refuses what is no batch's answers.
  private static func read(_ path: String) throws(CommandFailure) -> (found: Found, whole: Int64) {
    guard let bytes = Files.bytes(path) else {
      throw CommandFailure("`\(path)` cannot be read", exit: .couldNotRun)
    }
    var found = Found()
    found.written = FileStamp.of(path).map { Int64(clamping: $0.changed / 1_000_000) }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    var whole = 0
    // By their bytes: two ways to write an accent are two names.
    var places: [[UInt8]: Int] = [:]
    for (index, bytes) in lines.dropLast().enumerated() {
      whole += bytes.count + 1
      guard let (line, batch) = BatchLine.read(Array(bytes)) else {
        throw CommandFailure(
          "\(path):\(index + 1): this is no line of a batch's answers: name another file with -o")
      }
      guard found.batch == nil || found.batch == batch else {
        throw CommandFailure("\(path):\(index + 1): this line is of another batch than line 1")
      }
      if let first = places.updateValue(index + 1, forKey: Array(line.customID.utf8)) {
        throw CommandFailure(
          "\(path):\(index + 1): `\(line.customID)` has its answer on line \(first) already: "
            + "take one of them out")
      }
      found.batch = batch
      found.lines.append((index + 1, line))
    }
    let tail = lines.last ?? []
    guard isTorn(tail) else {
      throw CommandFailure(
        "\(path):\(lines.count): this is no line of a batch's answers: name another file with -o")
    }
    found.torn = tail.count
    return (found, Int64(whole))
  }

  /// Whether bytes after the last newline can be the beginning of one of our lines.
  private static func isTorn(_ bytes: ArraySlice<UInt8>) -> Bool {
    let head = Array(BatchLine.head.utf8)
    return bytes.starts(with: head.prefix(bytes.count))
  }
}
