/// Why a name is not changed.
package enum RenameProblem: Error, Hashable, Sendable {
  /// Nothing stands there that has a name.
  case noName
  /// The catalog names it; the policy only uses it.
  case ofCatalog(String, SymbolKind)
  /// No name is written so.
  case malformed(String)
  /// A name of so many bytes.
  case tooLong(Int)
  /// A word of the language.
  case reserved(String)
  /// Something else has the name already.
  case taken(String, by: SymbolKind)
  /// Where a file does not parse, uses of the name may go unseen.
  case syntaxError(in: String, line: Int)
  /// The name stands for something else, in a file that another policy shares or after the change.
  case meansElse(String, in: String)
  /// Another policy that shares a file, by its path, and what is wrong there.
  case elsewhere(String, String)
  /// A test of another policy asks the same file, where a fact of that policy has the name.
  case sharedRequest(file: String, fact: String)
  /// There are more files in the workspace than are looked at, so a policy that shares a file may go
  /// unseen.
  case tooManyFiles(most: Int)
  /// Decisions would change, and the editor cannot ask whether that is meant.
  case needsConfirmation([RenameWarning])
  /// A text the server no longer knows.
  case lost(String)
  /// The policy would have an error it does not have now.
  case wouldNotCheck(String)

  /// One sentence for whoever asked.
  package var message: String {
    switch self {
    case .noName: "nothing here has a name that can be changed"
    case .ofCatalog(let name, let kind):
      "`\(name)` is \(kind == .embedder ? "an embedder" : "a model") of the catalog: change it there"
    case .malformed(let name):
      "`\(name)` is no name: it starts with a letter and has only a-z, 0-9 and `_`"
    case .tooLong(let bytes):
      "a name of \(bytes) bytes: reports, headers and metrics have room for \(NameRules.mostBytes)"
    case .reserved(let name): "`\(name)` is a word of the language"
    case .taken(let name, let kind):
      "`\(name)` already names \(kind.word.first == "e" || kind.word.first == "a" ? "an" : "a") \(kind.word)"
    case .meansElse(let name, let file): "`\(name)` would not mean the same in `\(file)`"
    case .elsewhere(let path, let message): "in `\(path)`: \(message)"
    case .tooManyFiles(let most):
      "the workspace has more than \(most) files, and a policy that imports this one may be among "
        + "them: open the folder of the policies alone"
    case .needsConfirmation(let warnings):
      warnings.map(\.message).joined(separator: "; ")
        + "; this editor cannot ask whether that is meant: if it is, change the name by hand"
    case .lost(let path): "`\(path)` is not known as it stands in the editor: open it again"
    case .syntaxError(let file, let line):
      "`\(file)` has a syntax error in line \(line): mend it first, or uses may be missed"
    case .sharedRequest(let file, let fact):
      "its tests ask `\(file)` too, where `\(fact)` is a fact of its own: give them a file of their "
        + "own"
    case .wouldNotCheck(let error): "the policy would not check: \(error)"
    }
  }
}
