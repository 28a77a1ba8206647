import JSONReading
import OpenAIWire
import PolicyCompiler
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyWorkspace
import RoutingRequests
import YAMLReading

/// The request files a policy's tests name, whose `metadata` says facts and their labels.
struct RequestFileNames {
  let policy: PolicySnapshot

  /// The edits that make those files say a name as the policy will.
  ///
  /// Only what `metadata` sets: a fact from a key or a header is not in a request's file.
  ///
  /// - Throws: ``RenameProblem/syntaxError(in:line:)`` for a file that cannot be read to its end: it may
  ///   say the name where nobody sees it.
  func edits(of key: SymbolKey, to new: String) throws(RenameProblem) -> [FileEdits] {
    let (fact, label): (String, String?) =
      switch key {
      case .declared(let name): (name, nil)
      case .label(let label, let owner): (owner, label)
      case .arm, .model, .embedder: ("", nil)
      }
    guard let declaration = policy.fact(named: fact), declaration.origin == nil else { return [] }
    var files: [FileEdits] = []
    for path in paths {
      guard let bytes = policy.compilation.kept.bytes(of: path) else { continue }
      let file = SourceFile(id: SourceID(0), path: path, bytes: bytes)
      let said = try ChatRequest.isYAML(path) ? Self.yaml(file, fact) : Self.json(file, fact)
      let edits = said.compactMap { said in
        if let label { return said.text == label ? said.value.edit(to: new) : nil }
        return said.name.edit(to: new)
      }
      if !edits.isEmpty { files.append(FileEdits(file: file, edits: edits)) }
    }
    return files
  }

  /// As they were read, each once.
  var paths: [String] {
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

  // MARK: What a file says

  /// A fact as a file says it.
  private struct Said {
    let name: Word
    let value: Word
    /// Its value; nil if that is no text.
    let text: String?
  }

  /// A word in a file, with its quotes.
  private struct Word {
    let span: Span
    let file: SourceFile

    /// With the quotes it has; in YAML with some if it would be none without.
    ///
    /// Nil for a text of lines of its own, which no edit of a word fits.
    func edit(to new: String) -> Edit? {
      switch file.bytes[Int(span.start)..<Int(span.end)].first {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        let inside = Span(file: span.file, start: span.start + 1, end: span.end - 1)
        return Edit(inside, new)
      case UInt8(ascii: "|"), UInt8(ascii: ">"), nil: return nil
      default: return Edit(span, Self.isPlain(new) ? new : "\"\(new)\"")
      }
    }

    /// Whether every reader of YAML takes it for a text without quotes; those of 1.1 take `on` for true.
    private static func isPlain(_ text: String) -> Bool {
      CoreScalar(plain: text) == .text
        && !["y", "n", "yes", "no", "on", "off"].contains(text.lowercased())
    }
  }

  private static func json(_ file: SourceFile, _ fact: String) throws(RenameProblem) -> [Said] {
    let text: JSONText
    do {
      text = try JSONText(file.bytes)
    } catch {
      throw .syntaxError(in: file.path, line: error.place.line)
    }
    guard let metadata = text.root["metadata"] else { return [] }
    func word(_ value: JSONValue) -> Word {
      let start = UInt32(value.range.lowerBound)
      return Word(
        span: Span(file: file.id, start: start, end: UInt32(value.range.upperBound)), file: file)
    }
    return metadata.members.filter { $0.key.string == fact }.map { name, value in
      Said(name: word(name), value: word(value), text: value.string)
    }
  }

  private static func yaml(_ file: SourceFile, _ fact: String) throws(RenameProblem) -> [Said] {
    func entries(_ node: YAMLNode?, _ key: String) -> [YAMLEntry] {
      guard case .mapping(let entries) = node?.content else { return [] }
      return entries.filter { $0.key == key }
    }
    let read = YAMLReader.read(file)
    if let error = read.diagnostics.first(where: { $0.severity == .error }) {
      throw .syntaxError(in: file.path, line: file.location(of: error.span.start).line)
    }
    return entries(read.value, "metadata").flatMap { metadata in
      entries(metadata.value, fact).map { said in
        Said(
          name: Word(span: said.keySpan, file: file),
          value: Word(span: said.value.span, file: file), text: said.value.scalar?.text)
      }
    }
  }
}
