import JSONReading
import PolicyDiagnostics
import PolicySource
import YAMLReading

// A configuration's bytes as nodes.
extension SourceNode {
  /// Reads a file as YAML or as JSON, whichever its format is written in.
  static func read(_ file: SourceFile, as format: RouterFormat) throws(ImportProblem) -> SourceNode
  {
    switch format {
    case .litellm, .semanticRouter: try readYAML(file)
    case .portkey: try readJSON(file)
    }
  }

  private static func readYAML(_ file: SourceFile) throws(ImportProblem) -> SourceNode {
    // Other routers' files share values, which no file of ours may.
    let parsed = YAMLReader.read(file, sharing: .resolved)
    if let error = parsed.diagnostics.first(where: { $0.severity == .error }) {
      let place = file.location(of: error.span.start)
      // The message may quote the file, and the file may hold keys: its code says as much.
      let code = error.code.rawValue
      throw .unreadable(
        line: place.line, column: place.column,
        why: "it is refused as `\(code)`; `rung rule \(code)` says what that is")
    }
    guard let root = parsed.value else { throw .empty }
    let node = SourceNode(root, at: "", in: file, ReadMarks())
    guard node.isObject else { throw .notAnObject(line: node.line) }
    return node
  }

  private static func readJSON(_ file: SourceFile) throws(ImportProblem) -> SourceNode {
    let text: JSONText
    do {
      text = try JSONText(file.bytes)
    } catch {
      throw ImportProblem(error)
    }
    let node = SourceNode(text.root, at: "", in: file, ReadMarks())
    guard node.isObject else { throw .notAnObject(line: node.line) }
    return node
  }

  private init(_ node: YAMLNode, at path: String, in file: SourceFile, _ marks: ReadMarks) {
    let content: Content
    switch node.content {
    case .mapping(let entries):
      content = .object(
        entries.map { entry in
          Member(
            key: entry.key, line: file.location(of: entry.keySpan.start).line,
            stored: SourceNode(entry.value, at: Self.path(path, entry.key), in: file, marks))
        })
    case .sequence(let items):
      content = .list(
        items.enumerated().map { SourceNode($1, at: "\(path)[\($0)]", in: file, marks) })
    case .scalar(let scalar): content = Self.typed(scalar)
    case .refused: content = .null
    }
    self.init(
      content: content, line: file.location(of: node.span.start).line, path: path,
      id: marks.next(), marks: marks,
      isAnchored: node.isAnchored)
  }

  private static func typed(_ scalar: YAMLScalar) -> Content {
    guard scalar.style == .plain else { return .text(scalar.text) }
    switch CoreScalar(plain: scalar.text) {
    case .null: return .null
    case .bool(let flag): return .bool(flag)
    case .number(let text): return .number(text)
    case .text, .notJSON: return .text(scalar.text)
    }
  }

  private init(_ value: JSONValue, at path: String, in file: SourceFile, _ marks: ReadMarks) {
    let content: Content
    switch value.kind {
    case .object:
      content = .object(
        value.members.map { key, value in
          let name = key.string ?? ""
          return Member(
            key: name, line: Self.line(of: key, in: file),
            stored: SourceNode(value, at: Self.path(path, name), in: file, marks))
        })
    case .array:
      content = .list(
        value.elements.enumerated().map { SourceNode($1, at: "\(path)[\($0)]", in: file, marks) })
    case .string: content = .text(value.string ?? "")
    case .number: content = .number(String(decoding: value.raw, as: UTF8.self))
    case .true: content = .bool(true)
    case .false: content = .bool(false)
    case .null: content = .null
    }
    self.init(
      content: content, line: Self.line(of: value, in: file), path: path,
      id: marks.next(), marks: marks)
  }

  private static func line(of value: JSONValue, in file: SourceFile) -> Int {
    file.location(of: UInt32(clamping: value.range.lowerBound)).line
  }

  /// Keys are shown too, so one that is no name of anything is not.
  private static func path(_ path: String, _ key: String) -> String {
    let shown = shownKey(key)
    return path.isEmpty ? shown : "\(path).\(shown)"
  }
}

extension ImportProblem {
  /// The reader's message may quote the file, and the file may hold keys: only what kind of problem it
  /// is is said, and what to do.
  fileprivate init(_ problem: JSONProblem) {
    let why: String
    switch problem.reason {
    case .empty:
      self = .empty
      return
    case .tooDeep(let limit):
      why =
        "more than \(limit) brackets are open in each other: write the targets beside each other, a "
        + "few levels deep"
    case .duplicateKey(_, let first):
      why = "a key stands here that stood on line \(first.line) already: take one of them out"
    case .unexpectedEnd, .unterminatedString:
      why = "the JSON ends before it is complete: close what is open"
    case .loneSurrogate, .invalidUTF8: why = "this is no UTF-8: save the file as UTF-8"
    case .tooLarge, .tooManyValues, .noMemory:
      why = "the file is too large for a configuration: is it the right one?"
    case .unexpected, .trailing, .badNumber, .badWord, .badEscape, .controlCharacter:
      why = "from here on it is no JSON: look at the commas, quotes and brackets before it"
    }
    self = .unreadable(line: problem.place.line, column: problem.place.column, why: why)
  }
}
