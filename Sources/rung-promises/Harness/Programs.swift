import Foundation

/// The programs under trial, beside this one unless the environment names others.
struct Programs {
  let rung: URL
  let standIn: URL
  /// Nil where programs cannot be hurt.
  let faults: URL?

  init(folder: URL) throws(PromiseFailure) {
    rung = folder.appending(path: "rung")
    standIn = folder.appending(path: "rung-standin")
    for program in [rung, standIn]
    where !FileManager.default.isExecutableFile(atPath: program.path) {
      throw PromiseFailure("\(program.path) is missing: `make promises` builds it")
    }
    #if os(Linux)
      let library = folder.appending(path: "librung-machine-faults.so")
      faults = FileManager.default.fileExists(atPath: library.path) ? library : nil
    #else
      faults = nil
    #endif
  }

  /// This program's own folder.
  static var ownFolder: URL {
    (Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0]))
      .resolvingSymlinksInPath().deletingLastPathComponent()
  }
}

/// A folder of one trial's own, gone when it is over unless it is to be looked at.
final class Workplace {
  let folder: URL
  var isKept = false

  init(_ name: String) throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "rung-promises-\(name)-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    if !isKept { try? FileManager.default.removeItem(at: folder) }
  }

  func file(_ name: String) -> URL { folder.appending(path: name) }

  /// An empty folder inside.
  func emptyFolder(_ name: String) throws -> URL {
    let inside = folder.appending(path: name)
    try? FileManager.default.removeItem(at: inside)
    try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
    return inside
  }
}
