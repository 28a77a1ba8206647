import JSONReading
import PolicyCompiler
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyWorkspace

/// The request files a policy's tests name, whose `metadata` says facts and their labels.
struct RequestFileNames {
  let policy: PolicySnapshot

  /// The edits that make those files say a name as the policy will.
  ///
  /// Only what `metadata` sets: a fact from a key or a header is not in a request's file.
  func edits(of key: SymbolKey, to new: String) -> [FileEdits] {
    let (fact, label): (String, String?) =
      switch key {
      case .declared(let name): (name, nil)
      case .label(let label, let owner): (owner, label)
      case .arm, .model, .embedder: ("", nil)
      }
    guard let declaration = policy.fact(named: fact), declaration.origin == nil else { return [] }
    return paths.compactMap { path in
      guard let bytes = policy.compilation.kept.bytes(of: path),
        let text = try? JSONText(bytes), let metadata = text.root["metadata"]
      else { return nil }
      let file = SourceFile(id: SourceID(0), path: path, bytes: bytes)
      let edits = metadata.members.compactMap { name, value -> Edit? in
        guard name.string == fact else { return nil }
        guard let label else { return Edit(Self.inside(name), new) }
        return value.string == label ? Edit(Self.inside(value), new) : nil
      }
      return edits.isEmpty ? nil : FileEdits(file: file, edits: edits)
    }
  }

  /// As they were read, each once.
  private var paths: [String] {
    var paths: [String] = []
    for file in policy.compilation.files {
      for declaration in file.declarations {
        guard case .test(let test) = declaration.content, case .file(let literal, _) = test.request
        else { continue }
        let path = PolicyPath.joined(literal.value, to: file.source.path)
        if !paths.contains(path) { paths.append(path) }
      }
    }
    return paths
  }

  /// A string without its quotes.
  private static func inside(_ string: JSONValue) -> Span {
    Span(
      file: SourceID(0), start: UInt32(string.range.lowerBound + 1),
      end: UInt32(string.range.upperBound - 1))
  }
}
