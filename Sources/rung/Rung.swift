import ArgumentParser
import Foundation

/// The `rung` command: one subcommand per file under `Commands`.
@main
struct Rung: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "rung",
    abstract: "Route LLM requests by policy: check it, ask it why, let it make the call.",
    discussion: """
      A POLICY is a file, or a folder with a policy.rung in it.

      EXAMPLES
        rung init support               write a small policy, its catalog and a test
        rung check support              find every mistake, each underlined
        rung check support --fix        and cure what can be cured safely
        rung explain support ask.json   why this request chose its model
        rung test support               run the policy's own tests
        rung diff support new/support   what changes, and for which requests
        rung compress support ask.json  what its compression takes out, and spares
        rung compress support --system long.md   a shorter system prompt, weighed
        rung eval support --gold gold.jsonl --matrix outcomes.csv  how good, how dear
        rung run support ask.json       decide and make the call
        rung batch support asks.jsonl -o answers.jsonl   a file of them, resumable
        rung serve support              the same for any OpenAI client, as a gateway
        rung audit rung.ledger          where the money went, what changed, and why
        rung cases support              write a test for each route and each edge
        rung graph support -o it.svg    draw the policy as it is written
        rung expand support             the one flat policy that runs, with origins
        rung bundle support -o it.bundle   one file to carry; also verify and show
        rung catalog show support       models and prices; also import, check, diff
        rung key new --id laptop        a caller's key; also check, list and revoke
        rung cache stats FILE           what a cache holds; also get and purge
        rung lsp                        for editors: findings, completion, renaming
        rung rule unknown_name          what a code means, offline

      Exit codes: 0 fine, 1 findings or failed tests, 2 wrong usage or input, 3 could not run.
      """,
    version: "rung \(version)",
    subcommands: [
      InitCommand.self, CheckCommand.self, ExplainCommand.self, TestCommand.self, RunCommand.self,
      BatchCommand.self, ServeCommand.self, CompressCommand.self,
      AuditCommand.self, ReplayCommand.self, EvalCommand.self, DiffCommand.self, CasesCommand.self,
      LedgerCommand.self,
      CacheCommand.self,
      GraphCommand.self, ExpandCommand.self, BundleCommand.self, CatalogCommand.self,
      ImportCommand.self, KeyCommand.self, FormatCommand.self, LanguageServerCommand.self,
      RuleCommand.self,
      CompletionsCommand.self,
    ])

  /// Like ArgumentParser's own `main`, with the exit codes promised above.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      Terminal.error(failure.message)
      Foundation.exit(failure.exit.rawValue)
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch {
      // Help of a command there is not would be the help of all.
      let arguments = Array(CommandLine.arguments.dropFirst())
      if let unknown = UnknownCommand.find(in: arguments, of: Rung.self) {
        Terminal.error(unknown.message)
        Foundation.exit(CommandExit.usage.rawValue)
      }
      guard exitCode(for: error).rawValue == 0 else {
        Terminal.error(fullMessage(for: error))
        Foundation.exit(CommandExit.usage.rawValue)
      }
      Terminal.out(fullMessage(for: error))
      Foundation.exit(0)
    }
  }
}

/// How a command ends; the numbers are part of the interface.
enum CommandExit: Int32, Sendable {
  case findings = 1
  case usage = 2
  case couldNotRun = 3
}

/// Ends a command with one clear line on standard error.
struct CommandFailure: Error {
  let message: String
  let exit: CommandExit

  init(_ message: String, exit: CommandExit = .usage) {
    self.message = message
    self.exit = exit
  }
}
