import Foundation
import Testing

/// `packaging/dependencies.txt` against what is really used.
@Suite struct `The list of dependencies` {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let list = root.appending(path: "packaging/dependencies.txt")

  private struct Resolved: Decodable {
    let pins: [Pin]

    struct Pin: Decodable {
      let identity: String
      let state: State
    }

    struct State: Decodable {
      let version: String?
      let revision: String
    }
  }

  /// The lines of one kind.
  private static func lines(_ kind: String) throws -> [String] {
    try String(contentsOf: list, encoding: .utf8).split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix(kind + " ") }
  }

  @Test func `names every dependency the package manager resolved, at its version`() throws {
    let data = try Data(contentsOf: Self.root.appending(path: "Package.resolved"))
    let resolved = try JSONDecoder().decode(Resolved.self, from: data).pins
      .sorted { $0.identity < $1.identity }
      .map { pin in
        "swift \(pin.identity) \(pin.state.version ?? "without-version") \(pin.state.revision)"
      }
    let listed = try Self.lines("swift")
    #expect(listed == resolved, "write into packaging/dependencies.txt what was resolved")
    print("\(resolved.count) Swift packages held against packaging/dependencies.txt")
    #expect(resolved.count > 10)
  }

  /// Where there is no dpkg the libraries come from elsewhere, and the list is not theirs.
  @Test func `names every library of C that is installed, at its version`() throws {
    guard FileManager.default.fileExists(atPath: "/usr/bin/dpkg-query"),
      let release = try? String(contentsOfFile: "/etc/os-release", encoding: .utf8),
      release.contains("VERSION_CODENAME=bookworm")
    else {
      print("this is not Debian 12: the versions of C libraries were not checked")
      return
    }
    let listed = try Self.lines("debian")
    var installed: [String] = []
    for line in listed {
      let name = String(line.split(separator: " ")[1])
      installed.append("debian \(name) \(try Self.version(of: name))")
    }
    #expect(listed == installed)
    #expect(listed.count == 5)
  }

  /// Upstream's part of the version: Debian mends within it.
  private static func version(of package: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/dpkg-query")
    process.arguments = ["-W", "-f=${Version}", package]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(String(decoding: data, as: UTF8.self).prefix { $0 != "-" && $0 != "+" })
  }
}
