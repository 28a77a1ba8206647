/// Why a name is not changed.
package enum RenameProblem: Error, Hashable, Sendable {
  /// Nothing stands there that has a name.
  case noName
  /// The catalog names it; the policy only uses it.
  case ofCatalog(String, SymbolKind)
  /// No name is written so.
  case malformed(String)
  /// A word of the language.
  case reserved(String)
  /// Something else has the name already.
  case taken(String, by: SymbolKind)
  /// Where a file does not parse, uses of the name may go unseen.
  case syntaxErrors
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
    case .reserved(let name): "`\(name)` is a word of the language"
    case .taken(let name, let kind):
      "`\(name)` already names \(kind.word.first == "e" || kind.word.first == "a" ? "an" : "a") \(kind.word)"
    case .syntaxErrors: "the policy has syntax errors: mend them first, or uses may be missed"
    case .wouldNotCheck(let error): "the policy would not check: \(error)"
    }
  }
}
