import ArgumentParser
import CallerKeys
import PolicyCompiler
import PolicyDiagnostics

struct KeyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find every mistake in a keys file, alone or beside the policy it is served with.",
    discussion: """
      With a POLICY: every fact of a key must be declared `from key` and be of its type, and every key \
      has the facts the policy requires. If RUNG_KEY_SECRET is set, also whether the digests were \
      made under it. No key and no digest is ever shown.

      Exits 0 if there is no error, 1 if there is one (or a warning with --strict), 2 if a file is not \
      there.

      EXAMPLES
        rung key check keys.yaml
        rung key check keys.yaml policies/support --strict
        rung key check keys.yaml support --format github   annotates a pull request
      """)

  @Argument(help: "The keys file.", completion: .file())
  var file: String

  @Argument(help: "A policy file, or a folder with a policy.rung in it.", completion: .file())
  var policy: String?

  @Flag(help: "Fail on warnings too.")
  var strict = false

  @Flag(help: "Show every finding, not just 20. Formats for machines always have all.")
  var all = false

  @Option(help: "text for people; json, sarif, github or junit for machines.")
  var format = CheckFormat.text

  func run() throws {
    let compilation = try policy.map { argument throws(CommandFailure) in
      try PolicyCompilation(argument)
    }
    if let compilation { _ = try compilation.sound() }
    let review = try KeysReview(file, with: compilation, secret: KeysPlace.secretIfSet())
    let output = CheckOutput(
      reports: [
        DiagnosticReport(path: file, sources: review.sources, diagnostics: review.diagnostics)
      ], strict: strict)
    switch format {
    case .text:
      for report in output.reports {
        Terminal.out(
          output.text(of: report, notes: true, all: all, coloured: Terminal.coloursOutput))
      }
    case .json: Terminal.out(output.json)
    case .sarif: Terminal.out(output.sarif)
    case .github: if !output.github.isEmpty { Terminal.out(output.github) }
    case .junit: Terminal.out(output.junit)
    }
    if output.hasFailed { throw ExitCode(CommandExit.findings.rawValue) }
  }
}
