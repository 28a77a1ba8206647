package import Foundation

/// Public data beside the checkout, at `../shared/data`: read by tests, never copied into the project.
///
/// Where the folder is absent, tests that need it say so and pass.
package enum SharedData {
  /// The folder, or nil after saying that it is absent.
  package static func folder(for reader: String) -> URL? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.deletingLastPathComponent().appending(path: "shared/data")
    guard FileManager.default.fileExists(atPath: folder.path) else {
      say("\(reader): no shared data beside the checkout, nothing was checked")
      return nil
    }
    return folder
  }

  /// The bytes of one file; nil after saying that it is absent.
  package static func bytes(of name: String, for reader: String) throws -> [UInt8]? {
    guard let folder = folder(for: reader) else { return nil }
    return Array(try Data(contentsOf: folder.appending(path: name)))
  }

  /// The files of an archive by their path in it, in the order of their names; nil after saying that
  /// it is absent.
  package static func archive(
    _ name: String, for reader: String
  ) throws -> [(path: String, bytes: [UInt8])]? {
    guard let folder = folder(for: reader) else { return nil }
    let target = FileManager.default.temporaryDirectory
      .appending(path: "rung-\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: target) }
    let tar = Process()
    tar.executableURL = URL(filePath: "/usr/bin/env")
    tar.arguments = ["tar", "xzf", folder.appending(path: name).path, "-C", target.path]
    try tar.run()
    tar.waitUntilExit()
    guard tar.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
    return try files(under: target)
  }

  /// Tells the reader of a test's log how much was checked.
  package static func say(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }

  private static func files(under folder: URL) throws -> [(path: String, bytes: [UInt8])] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    return try names.compactMap { name in
      let url = folder.appending(path: name)
      guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        return nil
      }
      return (name, Array(try Data(contentsOf: url)))
    }
  }
}
