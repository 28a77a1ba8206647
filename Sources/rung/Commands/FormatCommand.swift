import ArgumentParser
import BundleFiles
import PolicyDiagnostics
import PolicySource
import PolicySyntax

struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Write policies in the one format there is.",
    discussion: """
      Rewrites the files in place. There are no options to argue about. A file that does not parse, or \
      whose meaning or comments would change, is left as it is.

      EXAMPLES
        rung fmt policies/support
        rung fmt policies/*/policy.rung --check     name those that are not formatted
        rung fmt - < policy.rung                    standard input to standard output
      """)

  @ArgumentParser.Argument(
    help: "Policy files, or folders with a policy.rung; - is standard input.", completion: .file())
  var policies: [String]

  @Flag(help: "Change nothing; exit 1 if a file is not formatted.")
  var check = false

  func run() throws {
    var unformatted: [String] = []
    for argument in policies {
      let path = argument == "-" ? argument : try PolicyPlace.path(argument)
      let bytes = try Files.input(path)
      if PolicyBundle.begins(bytes) { throw PolicyPlace.sealed(path) }
      let source = SourceFile(id: SourceID(0), path: path, bytes: bytes)
      let formatted = try Self.formatted(source)
      let isFormatted = Array(formatted.utf8) == source.bytes
      if !isFormatted { unformatted.append(path) }
      if check {
        if !isFormatted { Terminal.out(path) }
      } else if path == "-" {
        Terminal.out(formatted, newline: false)
      } else if !isFormatted {
        try Files.write(formatted, to: path)
        Terminal.out("formatted \(path)")
      }
    }
    if check, !unformatted.isEmpty { throw ExitCode(CommandExit.findings.rawValue) }
  }

  private static func formatted(_ source: SourceFile) throws -> String {
    let parsed = PolicyParser.parse(source)
    guard !parsed.diagnostics.hasErrors else {
      Terminal.error(
        DiagnosticsOutput.text(
          parsed.diagnostics, in: SourceMap(files: [source]),
          whereTheRestIs: "`rung check --all` shows them", coloured: Terminal.coloursErrors))
      throw CommandFailure("`\(source.path)` does not parse and was left as it is", exit: .findings)
    }
    let formatted = PolicyFormatter.format(parsed.value)
    switch FormatCheck.compare(source, formatted) {
    case .same: return formatted
    case .tokensDiffer(let span):
      let place = source.location(of: span.start)
      throw CommandFailure(
        "\(source.path):\(place.line): formatting would change the policy here; nothing was written",
        exit: .couldNotRun)
    case .commentsDiffer(let comment):
      throw CommandFailure(
        "\(source.path): formatting would move the comment `\(comment)`; nothing was written",
        exit: .couldNotRun)
    }
  }
}
