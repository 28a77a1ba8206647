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

  @Test func `names every dependency the package manager resolved`() throws {
    let data = try Data(contentsOf: Self.root.appending(path: "Package.resolved"))
    let resolved = try JSONDecoder().decode(Resolved.self, from: data).pins
      .sorted { $0.identity < $1.identity }
      .map { pin in
        "swift \(pin.identity) \(pin.state.version ?? "without-version") \(pin.state.revision)"
      }
    let listed = try Self.lines("swift")
    try Self.compare(listed, resolved)
    print("\(resolved.count) Swift packages held against packaging/dependencies.txt")
    #expect(resolved.count > 10)
  }

  /// Where there is no dpkg the libraries come from elsewhere, and the list is not theirs.
  @Test func `names every library of C that is installed`() throws {
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
    try Self.compare(listed, installed)
    #expect(listed.count == 5)
  }

  /// A package that others bring may have a newer version than the one that was listed, and a user's
  /// tests do not fail of that: `make check` asks for the very same, all else for the same packages.
  private static func compare(_ listed: [String], _ found: [String]) throws {
    func names(_ lines: [String]) -> [Substring] { lines.map { $0.split(separator: " ")[1] } }
    #expect(names(listed) == names(found), "write into packaging/dependencies.txt what was found")
    let other = found.filter { !listed.contains($0) }
    for line in other { print("not as packaging/dependencies.txt has it: \(line)") }
    guard ProcessInfo.processInfo.environment["RUNG_DEPENDENCIES"] == "exact" else { return }
    #expect(other == [], "write into packaging/dependencies.txt what was found")
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
