import Foundation
import Testing

/// The Python package over the library as it is built here.
@Suite struct `A caller in Python` {
  static let package = CallerTests.root.appending(path: "bindings/python")

  /// The environment `.ci/clients` makes, or the one `PYTHON` names; nil after saying that there is
  /// none with what these tests need.
  static func python() throws -> String? {
    let variables = ProcessInfo.processInfo.environment
    let cache = variables["XDG_CACHE_HOME"] ?? (variables["HOME"] ?? "") + "/.cache"
    for place in [variables["PYTHON"], "\(cache)/rung-clients/bin/python3"].compactMap(\.self)
    where FileManager.default.isExecutableFile(atPath: place) {
      if try run(place, ["-c", "import pytest, mypy"]).status == 0 { return place }
    }
    print("no python3 with pytest and mypy (.ci/clients installs them): nothing was checked")
    return nil
  }

  static func run(_ python: String, _ arguments: [String]) throws -> (
    output: String, status: Int32
  ) {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = arguments
    process.currentDirectoryURL = package
    process.environment = ProcessInfo.processInfo.environment.merging([
      "RUNG_LIBRARY": CallerTests.built.appending(path: "librung-c.so").path,
      "RUNG": CallerTests.built.appending(path: "rung").path,
      "PYTHONPATH": package.appending(path: "src").path,
      "PYTHONDONTWRITEBYTECODE": "1",
    ]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
  }

  @Test func `finds every test of the package passed`() throws {
    guard let python = try Self.python() else { return }
    let tests = try Self.run(python, ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"])
    #expect(tests.status == 0, "\(tests.output)")
    print(tests.output.split(separator: "\n").last ?? "")
  }

  @Test func `finds its types sound`() throws {
    guard let python = try Self.python() else { return }
    let cache = FileManager.default.temporaryDirectory.appending(path: "rung-mypy-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: cache) }
    let types = try Self.run(python, ["-m", "mypy", "--strict", "--cache-dir", cache])
    #expect(types.status == 0, "\(types.output)")
  }
}
