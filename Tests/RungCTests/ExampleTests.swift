import Foundation
import Testing

/// `examples/17-in-your-program`: one program in Swift and in Python, run as its page shows.
@Suite struct `A program that asks a policy` {
  private static let folder = "examples/17-in-your-program"
  private static let broken = "examples/01-find-mistakes"

  /// What the page says both print.
  private static func lines() throws -> [String] {
    let page = try String(
      contentsOf: CallerTests.root.appending(path: "\(folder)/README.md"), encoding: .utf8)
    let block = page.components(separatedBy: "```text\n").dropFirst().first
    return block?.components(separatedBy: "\n```").first?.components(separatedBy: "\n") ?? []
  }

  /// A policy and the page's requests.
  private static func arguments(_ lines: [String]) -> [String] {
    let names = lines.compactMap { $0.split(separator: ":").first.map(String.init) }
    let root = CallerTests.root.path
    return ["\(root)/policies/support"] + names.map { "\(root)/examples/requests/\($0)" }
  }

  @Test func `in Swift prints what its page shows, and every finding of a broken policy`() throws {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "rung-desk-\(UUID())")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let program = scratch.appending(path: "desk").path
    let source = CallerTests.root.appending(path: "\(Self.folder)/swift/Sources/desk/main.swift")
    // As a package that depends on this one is compiled, without building all of it once more: the
    // C library has what the Swift library has.
    let built = CallerTests.built.path
    let made = try CallerTests.run(
      "/usr/bin/env",
      ["swiftc", "-warnings-as-errors", source.path, "-o", program, "-I", "\(built)/Modules"]
        + Self.moduleMaps.flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
        + ["-L", built, "-lrung-c", "-Xlinker", "-rpath", "-Xlinker", built])
    #expect(made.status == 0, "\(made.output)")
    let lines = try Self.lines()
    let shown = try CallerTests.run(program, Self.arguments(lines))
    #expect(lines.count == 4)
    #expect(shown.output == lines.joined(separator: "\n") + "\n")
    let refused = try CallerTests.run(
      program, [CallerTests.root.appending(path: Self.broken).path])
    #expect(refused.status == 1)
    #expect(refused.output.split(separator: "\n").count == 5, "\(refused.output)")
    #expect(refused.output.contains("policy.rung:7:8: error: unknown model `qwen3-8`"))
  }

  /// Of the C libraries below: those the package manager writes, and the project's own.
  private static var moduleMaps: [String] {
    let files = FileManager.default
    func maps(_ folder: URL) -> [String] {
      let names = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.sorted().map { folder.appending(path: "\($0)/module.modulemap").path }
        .filter(files.fileExists(atPath:))
    }
    return maps(CallerTests.built) + maps(CallerTests.root.appending(path: "Sources"))
  }

  @Test func `in Python prints the same`() throws {
    guard let python = try `A caller in Python`.python() else { return }
    let lines = try Self.lines()
    let program = CallerTests.root.appending(path: "\(Self.folder)/desk.py").path
    let shown = try `A caller in Python`.run(python, [program] + Self.arguments(lines))
    #expect(shown.output == lines.joined(separator: "\n") + "\n")
    let refused = try `A caller in Python`.run(
      python, [program, CallerTests.root.appending(path: Self.broken).path])
    #expect(refused.status == 1)
    #expect(refused.output.split(separator: "\n").count == 5, "\(refused.output)")
  }
}
