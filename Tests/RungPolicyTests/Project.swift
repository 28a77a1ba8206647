import Foundation

/// The project's own policies and requests, and the command just built.
enum Project {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func policy(_ name: String) -> String { root.appending(path: "policies/\(name)").path }

  static let requests: [String] = {
    let folder = root.appending(path: "examples/requests")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
      .map { folder.appending(path: $0).path }
  }()

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  /// What `rung` prints.
  static func rung(_ arguments: [String]) throws -> (output: String, errors: String) {
    let process = Process()
    process.executableURL = built.appending(path: "rung")
    process.arguments = arguments
    process.environment = ["NO_COLOR": "1", "LC_ALL": "C.UTF-8"]
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory
      .appending(path: "rung-errors-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (
      String(decoding: data, as: UTF8.self), try String(contentsOf: errors, encoding: .utf8)
    )
  }

  /// Where the package manager puts what it builds: beside the test bundle.
  static var built: URL {
    #if os(macOS)
      Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        .deletingLastPathComponent() ?? root
    #else
      URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    #endif
  }
}
