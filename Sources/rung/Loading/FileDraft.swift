import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is written piece by piece beside its place and put there in one step: a reader sees the
/// whole new file or the old one.
final class FileDraft {
  private let path: String
  private let target: URL
  private let draft: URL
  private let handle: FileHandle

  init(for path: String) throws(CommandFailure) {
    self.path = path
    target = try Files.target(path)
    // Beside the file: only within one file system a rename is one step.
    draft = target.deletingLastPathComponent()
      .appending(path: ".\(target.lastPathComponent).\(UUID().uuidString)")
    let code = unsafe open(draft.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard code >= 0 else {
      throw CommandFailure("could not write `\(path)`: \(Files.reason(errno))", exit: .couldNotRun)
    }
    handle = FileHandle(fileDescriptor: code, closeOnDealloc: true)
  }

  func write(_ bytes: [UInt8]) throws(CommandFailure) {
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      throw failure(Files.reason(error))
    }
  }

  /// Puts it in its place, on the disk for certain.
  func put() throws(CommandFailure) {
    do {
      try handle.synchronize()
      try handle.close()
    } catch {
      throw failure(Files.reason(error))
    }
    guard unsafe rename(draft.path, target.path) == 0 else { throw failure(Files.reason(errno)) }
  }

  func discard() { try? FileManager.default.removeItem(at: draft) }

  private func failure(_ reason: String) -> CommandFailure {
    CommandFailure("could not write `\(path)`: \(reason)", exit: .couldNotRun)
  }
}
