import ArgumentParser
import PolicyDiagnostics

/// A word where a command is wanted and none is called so.
struct UnknownCommand {
  let word: String
  /// As far as it was understood: `rung ledger`.
  let path: String
  /// What is called nearly so, or what does what is called so elsewhere.
  let meant: String?
  /// What there is instead, if it is few enough to read.
  let commands: [String]

  /// Nil if the arguments name a command.
  static func find(in arguments: [String], of root: any ParsableCommand.Type) -> UnknownCommand? {
    var command = root
    var path = name(root)
    for word in arguments {
      let configuration = command.configuration
      let commands = configuration.subcommands
      guard !commands.isEmpty, configuration.defaultSubcommand == nil, !word.hasPrefix("-")
      else { return nil }
      if word == "help" { continue }
      if let next = commands.first(where: { name($0) == word }) {
        command = next
        path += " \(word)"
        continue
      }
      let names = commands.map(name)
      let elsewhere = words[word.lowercased(), default: ""].split(separator: " ").map(String.init)
        .first(where: names.contains)
      return UnknownCommand(
        word: word, path: path, meant: elsewhere ?? NearName.of(word, among: names),
        commands: names.count <= mostListed ? names : [])
    }
    return nil
  }

  var message: String {
    "there is no command `\(path) \(word)`: \(cure)"
  }

  private var cure: String {
    if let meant { return "did you mean `\(path) \(meant)`?" }
    guard let last = commands.last else { return "`\(path) --help` lists them" }
    return "there are \(commands.dropLast().joined(separator: ", ")) and \(last)"
  }

  private static let mostListed = 12

  private static func name(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? ""
  }

  /// What other tools call it; of several, the one there is.
  private static let words = [
    "lint": "check", "validate": "check", "verify": "check", "why": "explain", "decide": "explain",
    "start": "serve", "server": "serve", "gateway": "serve", "proxy": "serve", "up": "serve",
    "new": "init", "create": "init", "format": "fmt", "call": "run", "ask": "run",
    "simulate": "replay", "backtest": "replay", "spend": "audit", "cost": "audit", "costs": "audit",
    "usage": "audit", "report": "audit", "evaluate": "eval", "convert": "import",
    "migrate": "import", "models": "catalog", "prices": "catalog", "keys": "key", "logs": "ledger",
    "log": "ledger", "compare": "diff", "plan": "diff", "flatten": "expand", "pack": "bundle",
    "build": "bundle", "draw": "graph", "completion": "completions", "ls": "list",
    "delete": "purge", "rm": "purge", "clear": "purge",
  ]
}
