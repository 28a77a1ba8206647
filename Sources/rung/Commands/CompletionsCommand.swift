import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print what makes a shell complete Rung's commands, options and files.",
    discussion: """
      A new shell has them after this, once:

      EXAMPLES
        rung completions bash > ~/.local/share/bash-completion/completions/rung
        rung completions zsh > "${fpath[1]}/_rung"
        rung completions fish > ~/.config/fish/completions/rung.fish
      """)

  /// The shells there is a script for.
  enum Shell: String, ExpressibleByArgument, CaseIterable {
    case bash, zsh, fish

    fileprivate var kind: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run() {
    Terminal.out(Rung.completionScript(for: shell.kind))
  }
}
