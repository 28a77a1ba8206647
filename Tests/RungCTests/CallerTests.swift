import Foundation
import RungPolicy
import Testing

/// A program in C11, linked with the library as it is built here.
@Suite("A caller in C") struct CallerTests {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  static let time = "2026-03-02T09:00:00Z"

  /// Beside the test bundle, where the package manager puts what it builds.
  static let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

  /// Nil after saying that there is no such compiler here.
  static func compile(_ flags: [String], into folder: URL) throws -> URL? {
    let program = folder.appending(path: "caller")
    let arguments =
      ["cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-g", "-pthread"] + flags
      + [
        "-I", root.appending(path: "Sources/CRung").path,
        root.appending(path: "Tests/RungCTests/C/caller.c").path, "-o", program.path,
        "-L", built.path, "-lrung-c", "-Wl,-rpath,\(built.path)",
      ]
    let made = try run("/usr/bin/env", arguments)
    if made.status != 0, made.output.contains("asan") || made.output.contains("No such file") {
      print("no C compiler for \(flags): \(made.output)")
      return nil
    }
    #expect(made.status == 0, "\(made.output)")
    return made.status == 0 ? program : nil
  }

  static func run(_ program: String, _ arguments: [String]) throws -> (
    output: String, status: Int32
  ) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
  }

  @Test(arguments: [[], ["-fsanitize=address"]])
  func `gets the same answers as one in Swift, from any thread and for any input`(
    flags: [String]
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "rung-c-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    guard let program = try Self.compile(flags, into: folder) else { return }
    let place = Self.root.appending(path: "policies/support").path
    let body = Self.root.appending(path: "examples/requests/24-translate-eu.json")
    let seed = "7"
    let caller = try Self.run(program.path, [place, body.path, Self.time, "8", "1500", seed])

    var request = Request(body: Array(try Data(contentsOf: body)), name: body.path)
    request.time = .text(Self.time)
    let policy = try Policy(contentsOf: place)
    let decision = try policy.decide(request).json
    let explanation = try policy.explain(request)
    let expected = "decision \(decision)\njson \(explanation.json)"
    #expect(caller.output.contains(expected), "\(caller.output)")
    #expect(caller.output.contains("8 threads, 12000 decisions\n0 failures\n"), "\(caller.output)")
    #expect(caller.status == 0)
    print("seed \(seed) \(flags): \(caller.output.split(separator: "\n").suffix(3))")
  }

  /// The header is what C++ includes too.
  @Test func `may be C++`() throws {
    let source = FileManager.default.temporaryDirectory
      .appending(path: "rung-\(UUID().uuidString).cpp")
    try Data("#include <rung.h>\nint main() { return rung_abi_version() == 1 ? 0 : 1; }\n".utf8)
      .write(to: source)
    defer { try? FileManager.default.removeItem(at: source) }
    let made = try Self.run(
      "/usr/bin/env",
      [
        "c++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
        "-I", Self.root.appending(path: "Sources/CRung").path, source.path,
      ])
    #expect(made.status == 0, "\(made.output)")
  }
}
