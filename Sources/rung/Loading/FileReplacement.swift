import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Files {
  /// Puts new bytes in a file's place in one step: a reader sees the old text or the new one.
  ///
  /// The permissions stay, and a link stays a link. A file that is no longer what was read is left
  /// alone.
  static func replace(
    _ path: String, holding old: [UInt8], with new: [UInt8]
  ) throws(CommandFailure) {
    func failure(_ reason: String) -> CommandFailure {
      CommandFailure("could not write `\(path)`: \(reason)", exit: .couldNotRun)
    }
    guard bytes(path) == old else {
      throw CommandFailure(
        "`\(path)` changed while it was being fixed and was left as it is", exit: .couldNotRun)
    }
    let target = URL(filePath: path).resolvingSymlinksInPath()
    let files = FileManager.default
    guard files.isWritableFile(atPath: target.path),
      let mode = try? files.attributesOfItem(atPath: target.path)[.posixPermissions]
    else { throw failure(reason(EACCES)) }
    // Beside the file: only within one file system a rename is one step.
    let name = ".\(target.lastPathComponent).\(UUID().uuidString)"
    let draft = target.deletingLastPathComponent().appending(path: name)
    do {
      try Data(new).write(to: draft, options: .withoutOverwriting)
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: draft.path)
    } catch {
      try? files.removeItem(at: draft)
      throw failure(reason(error))
    }
    guard unsafe rename(draft.path, target.path) == 0 else {
      let code = errno
      try? files.removeItem(at: draft)
      throw failure(reason(code))
    }
  }
}
