import ArgumentParser
import PolicyDiagnostics
import PolicySource
import PolicyWorkspace

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find every mistake in a policy and its catalog.",
    discussion: """
      Exits 0 if there is nothing to report, 1 if there are errors (or warnings with --strict).

      EXAMPLES
        rung check policies/support
        rung check policies/*/policy.rung --strict
        rung check policies/support --format json
      """)

  @Argument(help: "Policy files, or folders with a policy.rung.")
  var policies: [String]

  @Flag(help: "Fail on warnings too.")
  var strict = false

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    var failed = false
    for argument in policies {
      let folder = try PolicyFolder(argument)
      if folder.loaded.diagnostics.hasErrors { failed = true }
      if strict, folder.loaded.diagnostics.contains(where: { $0.severity == .warning }) {
        failed = true
      }
      switch format {
      case .text:
        if !folder.loaded.diagnostics.isEmpty {
          Terminal.out(
            DiagnosticsOutput.text(of: folder.loaded, coloured: Terminal.coloursOutput))
        } else {
          Terminal.out("\(folder.path): no findings")
        }
      case .json:
        break
      }
    }
    if failed { throw ExitCode(CommandExit.findings.rawValue) }
  }
}

/// How a command prints its result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
