import Foundation
import RoutingTestSupport
import Testing

/// A share of `make promises`: the same program, less than a hundredth of its counts, and
/// times that only tell.
@Suite(.serialized) struct `Promises` {
  private static let names = [
    "A1", "A2", "A3", "A4", "A5", "A6", "A7", "B1", "B2", "B3", "B4", "E1", "E2", "E3", "E4", "E6",
  ]

  /// What only Linux can do to a program is said not to have been run elsewhere, and is not expected.
  @Test(arguments: names) func `are held in a small trial`(name: String) throws {
    let folder = try #require(Self.programs)
    let output = FileManager.default.temporaryDirectory.appending(path: "rung-\(UUID().uuidString)")
    try Data().write(to: output)
    defer { try? FileManager.default.removeItem(at: output) }
    let process = Process()
    process.executableURL = folder.appending(path: "rung-promises")
    process.arguments = [
      "--only", name, "--share", "0.3%", "--any-speed", "--programs", folder.path,
    ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.standardError
    try process.run()
    process.waitUntilExit()
    let said = try String(contentsOf: output, encoding: .utf8)
    SharedData.say(said.trimmingCharacters(in: .newlines))
    #expect(said.hasPrefix("\(name)  "))
    if said.contains("not run") {
      #expect(Self.mayBeLeftOut(said), "\(said)")
    } else {
      #expect(process.terminationStatus == 0, "\(said)")
    }
  }

  /// Elsewhere than on Linux, without the public price list, and without strace.
  private static func mayBeLeftOut(_ said: String) -> Bool {
    ["on Linux only", "no price list beside the checkout", "strace is missing"]
      .contains { said.contains($0) }
  }

  /// Beside the test bundle, where the package manager puts what it builds.
  private static var programs: URL? {
    #if os(macOS)
      Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        .deletingLastPathComponent()
    #else
      URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    #endif
  }
}
