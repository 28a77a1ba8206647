import Foundation
import PolicyDiagnostics
import PolicySource
import PolicySyntax
import RoutingTestSupport

/// A program that reads the grammars of `grammar/`, run without a screen.
struct Editor {
  /// The folder its policies are in, its own to write to.
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "rung-editor-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  var expected: URL { folder.appending(path: "expected.tsv") }
  private var report: URL { folder.appending(path: "report") }

  func write(_ text: String, as name: String) throws {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }

  func text(of name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// What the program reported; nil after saying that it is not installed.
  func run(_ command: [String], for reader: String) throws -> [String]? {
    guard let program = Self.find(command[0]) else {
      SharedData.say("\(reader): no \(command[0]) on this machine, nothing was checked")
      return nil
    }
    let process = Process()
    process.executableURL = program
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = Checkout.folder
    var environment = ProcessInfo.processInfo.environment
    environment["RUNG_POLICIES"] = folder.path
    environment["RUNG_EXPECTED"] = expected.path
    environment["RUNG_REPORT"] = report.path
    environment["HOME"] = folder.path
    environment["LC_ALL"] = "C.UTF-8"
    process.environment = environment
    let log = folder.appending(path: "log")
    try Data().write(to: log)
    let handle = try FileHandle(forWritingTo: log)
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try handle.close()
    guard let text = try? String(contentsOf: report, encoding: .utf8) else {
      throw EditorFailure(
        program: command[0], said: (try? String(contentsOf: log, encoding: .utf8)) ?? "")
    }
    return text.split(separator: "\n").map(String.init)
  }

  static func script(_ name: String) -> String {
    Checkout.folder.appending(path: "Tests/PolicySyntaxTests/Editors/\(name)").path
  }

  /// The Python the tests' own packages are in; `.ci/clients` makes it.
  static var python: String {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
    return "\(cache)/rung-clients/bin/python3"
  }

  private static func find(_ name: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let places =
      name.contains("/") ? [name] : path.split(separator: ":").map { "\($0)/\(name)" }
    return places.first { FileManager.default.isExecutableFile(atPath: $0) }.map {
      URL(filePath: $0)
    }
  }
}

struct EditorFailure: Error, CustomStringConvertible {
  let program: String
  let said: String
  var description: String { "\(program) reported nothing and said:\n\(said)" }
}

/// Every policy of the checkout.
enum CheckedOutPolicies {
  static func all() throws -> [(name: String, source: SourceFile)] {
    try ["policies", "examples", "Tests/PolicySyntaxTests"].flatMap { top in
      let folder = Checkout.folder.appending(path: top)
      return try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        .filter { $0.hasSuffix(".rung") }
        .map { path in
          let name = "\(top)/\(path)".replacing("/", with: "-")
          let bytes = Array(try Data(contentsOf: folder.appending(path: path)))
          return (name, SourceFile(id: SourceID(0), path: name, bytes: bytes))
        }
    }
  }
}
