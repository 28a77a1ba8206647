import Foundation
import Synchronization

/// Runs commands as a reader of the README would: in a folder of their own that holds the project's
/// policies and examples, with the programs just built on `PATH`.
struct Shell {
  let folder: URL
  private let programs: URL

  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    let files = FileManager.default
    folder = files.temporaryDirectory.appending(path: "rung-\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["policies", "examples", "grammar"] {
      try files.createSymbolicLink(
        at: folder.appending(path: name), withDestinationURL: Self.root.appending(path: name))
    }
    try files.createSymbolicLink(
      at: folder.appending(path: "pages"),
      withDestinationURL: Self.root.appending(path: "Tests/rungTests/Pages"))
    programs = Self.builtPrograms
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// What it printed, line by line, and `[exit N]` if it failed.
  func run(_ command: String, environment: [String: String] = [:]) throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.currentDirectoryURL = folder
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    var variables = ["PATH": "\(programs.path):\(path)", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"]
    variables["HOME"] = folder.path
    variables.merge(environment) { $1 }
    process.environment = variables
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    var lines = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
    while lines.last?.isEmpty == true { lines.removeLast() }
    if process.terminationStatus != 0 { lines.append("[exit \(process.terminationStatus)]") }
    return lines
  }

  /// Beside the test bundle, where the package manager puts what it builds.
  private static var builtPrograms: URL {
    #if os(macOS)
      Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        .deletingLastPathComponent() ?? root
    #else
      URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    #endif
  }
}
