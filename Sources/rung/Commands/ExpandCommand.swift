import ArgumentParser
import PolicyCompiler
import PolicyWorkspace

struct ExpandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expand",
    abstract: "Print the one flat policy that really runs, with origins. Calls nothing.",
    discussion: """
      Imports are written into the policy, in the one format there is; `# from FILE:LINE` says where \
      a declaration comes from, seen from the policy. What comes out checks and decides exactly as \
      the policy does: names stay names, what the policy does not use is kept (a fact nobody reads \
      can still refuse a request) with an @allow, and paths lead where they led, seen from the folder \
      of -o, or without it from the policy's own. A policy without imports is only formatted.

      json    the same text, and for every declaration and fact the file, line and column it was
              written at, and its line in the text

      EXAMPLES
        rung expand policies/support
        rung expand policies/support -o policies/support/flat.rung
        rung expand policies/support --tests      with the tests that stand beside it
        rung expand policies/support --format json
        rung diff old.rung new.rung               of two flat policies what changes
      """)

  @Argument(help: "The policy.", completion: .file())
  var policy: String

  @Flag(help: "Write the tests of policy_test.rung and policy_WORDS_test.rung into it too.")
  var tests = false

  @Option(help: "text for people and for Rung, json for other programs.")
  var format = OutputFormat.text

  @Option(
    name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file()
  )
  var output: String?

  func run() throws {
    let compilation = try PolicyCompilation(policy, withTests: tests)
    _ = try compilation.sound()
    try Files.keep(compilation.kept.files.map(\.path), from: output)
    let flat = try FlatPolicy(compilation, to: output)
    switch format {
    case .text: try Files.deliver(flat.expanded.text, to: output)
    case .json: try Files.deliver(flat.json + "\n", to: output)
    }
  }
}
