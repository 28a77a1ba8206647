import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reading and writing files at the rim.
enum Files {
  /// The bytes of a regular file, nil if it cannot be read.
  static func bytes(_ path: String) -> [UInt8]? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return Array(data)
  }

  /// Whether it is a file that begins as a ledger does; a pipe is not looked into.
  static func isLedger(_ path: String) -> Bool {
    let url = URL(fileURLWithPath: path)
    let isFile = (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile
    guard path != "-", isFile == true, let file = try? FileHandle(forReadingFrom: url) else {
      return false
    }
    defer { try? file.close() }
    let head = (try? file.read(upToCount: 15)) ?? nil
    return head.map { $0.elementsEqual("SQLite format 3".utf8) } ?? false
  }

  /// Nil if nothing is there; links are followed.
  static func isFolder(_ path: String) -> Bool? {
    // Asked for every policy and every folder above it: resource values of a URL take ten times as
    // long.
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return nil
    }
    return isFolder.boolValue
  }

  /// Whether both names lead to one file that is there.
  static func areOne(_ one: String, _ other: String) -> Bool {
    var first = stat()
    var second = stat()
    guard unsafe stat(one, &first) == 0, unsafe stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Ends a command whose output would take the place of something it reads; of a folder its policy
  /// counts.
  ///
  /// `option` is what named the output.
  static func keep(
    _ read: [String], from output: String?, of option: String = "-o"
  ) throws(CommandFailure) {
    guard let output else { return }
    for path in read where areOne(path, output) || areOne(path + "/policy.rung", output) {
      throw CommandFailure(
        "`\(output)` is read here and would be lost; name another file with \(option)")
    }
  }

  /// `-` is standard input.
  static func input(_ path: String) throws(CommandFailure) -> [UInt8] {
    if path == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    guard let isFolder = isFolder(path) else { throw CommandFailure("there is no `\(path)`") }
    guard !isFolder, let bytes = bytes(path) else {
      throw CommandFailure("`\(path)` cannot be read as a file")
    }
    return bytes
  }

  /// Into the file named, or to standard output.
  static func deliver(_ text: String, to path: String?) throws(CommandFailure) {
    guard let path else {
      Terminal.out(text, newline: false)
      return
    }
    try write(text, to: path)
  }

  /// In one step: a reader sees the whole new text or the old one.
  static func write(_ text: String, to path: String) throws(CommandFailure) {
    let target = try target(path)
    do {
      try Data(text.utf8).write(to: target, options: .atomic)
    } catch {
      throw CommandFailure(
        "could not write `\(path)`: \(reason(error))", exit: .couldNotRun)
    }
  }

  /// Where a file that is put in its place in one step goes: links stay, what they name is written.
  ///
  /// Refuses what is there and no file: the step would put a file over a device or a pipe.
  static func target(_ path: String) throws(CommandFailure) -> URL {
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      let reason =
        status.st_mode & S_IFMT == S_IFDIR
        ? reason(EISDIR) : "no regular file; without -o it goes to standard output"
      throw CommandFailure("could not write `\(path)`: \(reason)", exit: .couldNotRun)
    }
    return URL(filePath: path).resolvingSymlinksInPath()
  }

  /// What the system says of a failure, in its own words: `permission denied`.
  static func reason(_ error: any Error) -> String {
    if let code = (error as? CocoaError)?.code {
      switch code {
      case .fileNoSuchFile, .fileReadNoSuchFile: return reason(ENOENT)
      case .fileWriteNoPermission: return reason(EACCES)
      case .fileWriteOutOfSpace: return reason(ENOSPC)
      case .fileWriteVolumeReadOnly: return reason(EROFS)
      default: break
      }
    }
    let error = error as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    guard cause.domain == NSPOSIXErrorDomain else { return "the system does not say why" }
    return reason(Int32(truncatingIfNeeded: cause.code))
  }

  static func reason(_ code: Int32) -> String {
    unsafe String(cString: strerror(code)).lowercased()
  }
}
