import ArgumentParser
import JSONWriting
import PolicyDiagnostics

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

  @Flag(help: "Show every finding, not just 20 of each policy. JSON always has them all.")
  var all = false

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let folders = try policies.map { argument throws(CommandFailure) in
      try PolicyFolder(argument)
    }
    switch format {
    case .text: for folder in folders { Terminal.out(text(of: folder)) }
    case .json: Terminal.out(Self.json(of: folders))
    }
    let fails = folders.contains { folder in
      let counts = DiagnosticCounts(folder.diagnostics)
      return counts.errors > 0 || (strict && counts.warnings > 0)
    }
    if fails { throw ExitCode(CommandExit.findings.rawValue) }
  }

  private func text(of folder: PolicyFolder) -> String {
    guard !folder.diagnostics.isEmpty else { return "\(folder.path): no findings" }
    return DiagnosticsOutput.text(
      folder.diagnostics, in: folder.sources, all: all, whereTheRestIs: "--all shows them",
      coloured: Terminal.coloursOutput)
  }

  /// `{"version":1,"policies":[{"path":…,"diagnostics":[…],"errors":…,"warnings":…,"notes":…}]}`;
  /// the findings as `DiagnosticJSONRenderer` documents them.
  private static func json(of folders: [PolicyFolder]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", DiagnosticJSONRenderer.version)
      json.array("policies") { json in
        for folder in folders {
          json.object { json in
            json.member("path", folder.path)
            DiagnosticJSONRenderer(sources: folder.sources)
              .members(for: folder.diagnostics, in: &json)
          }
        }
      }
    }
    return json.text
  }
}

/// How a command prints its result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
