import JSONReading
import JSONWriting
import PolicyEditing
import PolicySource

/// Requests that only read: each becomes work on the texts as they are when it comes.
extension LanguageSession {
  typealias Answering = @Sendable () -> WorkResult

  func question(
    _ method: ClientMethod, _ params: JSONValue?
  ) -> Result<Answering, ResponseError> {
    do throws(ResponseError) {
      return .success(try answering(method, params))
    } catch {
      return .failure(error)
    }
  }

  private func answering(
    _ method: ClientMethod, _ params: JSONValue?
  ) throws(ResponseError) -> Answering {
    switch method {
    case .completion:
      return try at(params) { $0.completions(at: $1) }
    case .hover:
      return try at(params) { $0.hover(at: $1) }
    case .definition:
      return try at(params) { $0.definition(at: $1) }
    case .references:
      let withDeclaration = params?["context"]?["includeDeclaration"]?.bool ?? true
      return try at(params) { $0.references(at: $1, withDeclaration: withDeclaration) }
    case .prepareRename:
      return try at(params) { $0.prepareRename(at: $1) }
    case .rename:
      guard let name = params?["newName"]?.string else {
        throw ResponseError(.invalidParams, "`newName` is missing")
      }
      let position = try Self.position(params)
      guard let document = try document(params) else { return Self.nothing }
      return { document.rename(at: position, to: name) }
    case .documentSymbol:
      return try about(params) { $0.symbols() }
    case .semanticTokens:
      return try about(params) { $0.semanticTokens() }
    case .foldingRange:
      return try about(params) { $0.foldings() }
    case .formatting:
      return try about(params) { $0.formatting() }
    case .codeLens:
      return try about(params) { $0.lenses() }
    case .inlayHint:
      let range = try Self.range(params)
      return try about(params) { $0.hints(in: range) }
    case .codeAction:
      let request = ActionRequest(range: try Self.range(params), params?["context"])
      return try about(params) { $0.actions(request) }
    case .workspaceSymbol:
      return symbols(matching: params?["query"]?.string ?? "")
    case .executeCommand:
      return try command(params)
    case .initialize, .initialized, .shutdown, .exit, .cancelRequest, .setTrace, .didOpen,
      .didChange, .didSave, .didClose, .didChangeWatchedFiles, .didChangeConfiguration,
      .didChangeWorkspaceFolders:
      throw ResponseError(.invalidRequest, "`\(method.rawValue)` asks nothing")
    }
  }

  // MARK: Parts of a request

  private static let nothing: Answering = { .answered(DocumentQuestion.nothing, first: []) }

  private static func position(_ params: JSONValue?) throws(ResponseError) -> TextPosition {
    guard let position = params?["position"]?.position else {
      throw ResponseError(.invalidParams, "`position` has a `line` and a `character`")
    }
    return position
  }

  private static func range(_ params: JSONValue?) throws(ResponseError) -> TextRange {
    guard let range = params?["range"]?.range else {
      throw ResponseError(.invalidParams, "`range` has a `start` and an `end`")
    }
    return range
  }

  private func about(
    _ params: JSONValue?, _ answer: @escaping @Sendable (DocumentQuestion) -> [UInt8]
  ) throws(ResponseError) -> Answering {
    guard let document = try document(params) else { return Self.nothing }
    return { .answered(answer(document), first: []) }
  }

  private func at(
    _ params: JSONValue?,
    _ answer: @escaping @Sendable (DocumentQuestion, TextPosition) -> [UInt8]
  ) throws(ResponseError) -> Answering {
    let position = try Self.position(params)
    return try about(params) { answer($0, position) }
  }

  /// Nil for a text no policy has as a part.
  private func document(_ params: JSONValue?) throws(ResponseError) -> DocumentQuestion? {
    let path = try Self.path(params)
    if let lost = documents[path]?.lost { throw ResponseError(.requestFailed, lost.message) }
    return document(at: path)
  }

  private func document(at path: String) -> DocumentQuestion? {
    guard let entry = policies.entry(for: path),
      documents[path]?.lost == nil,
      let file = entry.snapshot.sources.files.first(where: { $0.path == path })
    else { return nil }
    return DocumentQuestion(
      snapshot: entry.snapshot, file: file, findings: entry.findings, client: client,
      names: DocumentNames(documents),
      workspace: WorkspacePolicies(
        surroundings: surroundings, documents: documents,
        known: policies.entries.mapValues(\.snapshot)))
  }

  /// Of all files of the policies that are open, each once.
  private func symbols(matching query: String) -> Answering {
    var seen: Set<String> = []
    let all = policies.sorted.flatMap { $0.entry.snapshot.sources.files.map(\.path) }
    let documents = all.filter { seen.insert($0).inserted }.compactMap { document(at: $0) }
    return {
      let json = DocumentQuestion.list { json in
        for document in documents { document.writeSymbols(matching: query, &json) }
      }
      return .answered(json, first: [])
    }
  }

  private func command(_ params: JSONValue?) throws(ResponseError) -> Answering {
    let name = params?["command"]?.string ?? ""
    guard let command = ServerCommand(rawValue: name) else {
      throw ResponseError(.invalidParams, "there is no command `\(name)`")
    }
    let arguments = params?["arguments"]?.strings ?? []
    guard arguments.count == 2 else {
      throw ResponseError(.invalidParams, "`\(name)` takes a document and a name")
    }
    let path = DocumentURI.path(of: arguments[0])
    guard let document = document(at: path) else {
      throw ResponseError(.requestFailed, "no open policy has `\(path)` as a part")
    }
    return { document.run(command, of: arguments[1]) }
  }
}
