package import PolicyDiagnostics
package import PolicySource

/// A new name as it is to be written, and what else it changes.
package struct Renaming: Sendable {
  /// Every file that changes, by path.
  package let files: [FileEdits]
  /// What is not in the text and changes all the same.
  package let warnings: [RenameWarning]

  /// Nothing to do: the name is the same.
  static let none = Renaming(files: [], warnings: [])
}

/// Edits of one file of one policy or of several.
package struct FileEdits: Sendable {
  package let file: SourceFile
  /// In written order, with the spans of ``file``.
  package let edits: [Edit]

  package init(file: SourceFile, edits: [Edit]) {
    self.file = file
    self.edits = edits
  }

  /// The file's bytes after the edits.
  var bytes: [UInt8] {
    var bytes = file.bytes
    for edit in edits.reversed() {
      bytes.replaceSubrange(
        Int(edit.span.start)..<Int(edit.span.end), with: edit.replacement.utf8)
    }
    return bytes
  }
}

/// A place in a file of one policy or of several.
package struct FilePlace: Sendable {
  package let file: SourceFile
  package let span: Span
}

/// What a new name changes that no edit of a policy shows.
package enum RenameWarning: Hashable, Sendable {
  /// The split hashes the route's name with its key.
  case redrawsSplit(route: String)
  /// The counter goes by the name, in memory and in the ledger.
  case restartsCounter(String)
  /// Whoever asks names the fact in a request's `metadata`.
  case metadataNames(fact: String)
  /// Callers' keys name the fact.
  case keysName(fact: String)
  /// Whoever sets the fact says the label.
  case callersSay(label: String, of: String)
  /// The classifier's model, examples or service say the label.
  case classifierSays(label: String, of: String)
  /// A test of the policy that passes would not.
  case failsTest(String)

  /// Whether the same request may be decided otherwise, and nobody would be told.
  package var changesDecisions: Bool {
    switch self {
    case .redrawsSplit, .restartsCounter, .failsTest: true
    case .metadataNames, .keysName, .callersSay, .classifierSays: false
    }
  }

  /// One sentence for whoever asked.
  package var message: String {
    switch self {
    case .redrawsSplit(let route):
      "the split of `\(route)` draws by the route's name: under another, callers move to other arms"
    case .restartsCounter(let name):
      "what is used is counted under `\(name)`: under another name the count starts anew"
    case .metadataNames(let fact):
      "callers say `\(fact)` in a request's `metadata` and have to learn the new name"
    case .keysName(let fact):
      "callers' keys say `\(fact)` and have to learn the new name"
    case .callersSay(let label, let fact):
      "whoever sets `\(fact)` says `\(label)` and has to learn the new value"
    case .classifierSays(let label, let classifier):
      "what answers for `\(classifier)` says `\(label)` and has to learn the new label"
    case .failsTest(let title): "the test \(title.asPolicyText) would fail"
    }
  }
}
