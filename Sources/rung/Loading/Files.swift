import Foundation

/// Reading and writing files at the rim.
enum Files {
  /// The bytes of a regular file, nil if it cannot be read.
  static func bytes(_ path: String) -> [UInt8]? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return Array(data)
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

  static func write(_ text: String, to path: String) throws(CommandFailure) {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw CommandFailure("could not write `\(path)`", exit: .couldNotRun)
    }
  }
}
