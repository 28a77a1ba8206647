import ArgumentParser
import PolicyLanguageServer

struct LanguageServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Speak the language server protocol on standard input and output.",
    discussion: """
      Editors start it themselves; policies/EDITORS.md says how for Neovim, Emacs, Helix and \
      VS Code. It reads what stands in the editor, saved or not, and shows what `rung check` shows.

      Exits 0 after shutdown and exit, else 1. What goes wrong is told on standard error.

      EXAMPLES
        rung lsp
        rung lsp < session.bin        a session that was recorded
      """)

  /// Editors of the VS Code family add it to every server's command line.
  @Flag(name: .customLong("stdio"), help: "What it always does.")
  var onStandardStreams = false

  func run() async throws {
    let server = LanguageServer(
      world: .disk, send: StandardStreams.send, log: { Terminal.note("rung lsp: \($0)") },
      rest: { try await Task.sleep(for: $0) },
      threads: WorkThreads(
        rules: QueueExecutor("rules", .one), answers: QueueExecutor("answers", .many)))
    let code = await server.run { StandardStreams.read(into: $0) }
    throw ExitCode(code)
  }
}
