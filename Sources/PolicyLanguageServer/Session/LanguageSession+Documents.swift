import JSONReading

/// What happens to the texts in the editor.
extension LanguageSession {
  mutating func opened(_ params: JSONValue?) throws(ResponseError) -> [ServerEffect] {
    let document = params?["textDocument"]
    guard let uri = document?["uri"]?.string, let text = document?["text"]?.string else {
      throw ResponseError(.invalidParams, "a document has a `uri` and a `text`")
    }
    let opened = OpenDocument(uri: uri, version: document?["version"]?.integer, text: text)
    documents[opened.path] = opened
    policies.opened(opened.path, isPolicy: Self.isPolicy(opened.path, document?["languageId"]))
    return []
  }

  mutating func changed(_ params: JSONValue?) throws(ResponseError) -> [ServerEffect] {
    let path = try Self.path(params)
    guard var document = documents[path] else {
      throw ResponseError(.invalidParams, "`\(path)` is not open")
    }
    let version = params?["textDocument"]?["version"]?.integer
    let changes = try (params?["contentChanges"]?.elements).map {
      value throws(ResponseError) in try Self.changes(value)
    }
    document.apply(changes ?? [], version: version, in: client.encoding)
    documents[path] = document
    policies.changed(path)
    return []
  }

  /// A client that watches no files tells of them only so: what lies on disk is read again.
  mutating func saved(_ params: JSONValue?) throws(ResponseError) -> [ServerEffect] {
    _ = try Self.path(params)
    policies.everythingChanged()
    return []
  }

  mutating func closed(_ params: JSONValue?) throws(ResponseError) -> [ServerEffect] {
    let path = try Self.path(params)
    guard let document = documents.removeValue(forKey: path) else { return [] }
    policies.closed(path)
    return publishing.forget(document)
  }

  mutating func filesChanged(_ params: JSONValue?) -> [ServerEffect] {
    guard let changes = params?["changes"]?.elements else { return [] }
    for change in changes {
      guard let uri = change["uri"]?.string else { continue }
      let path = DocumentURI.path(of: uri)
      // 2 is a changed file; of one that came or went more may depend than read it.
      if change["type"]?.integer == 2, !path.hasSuffix("/rung.yaml") {
        // What stands in the editor goes before what is on disk.
        if documents[path] == nil { policies.changed(path) }
      } else {
        policies.everythingChanged()
      }
    }
    return []
  }

  static func path(_ params: JSONValue?) throws(ResponseError) -> String {
    guard let uri = params?["textDocument"]?["uri"]?.string else {
      throw ResponseError(.invalidParams, "`textDocument.uri` is missing")
    }
    return DocumentURI.path(of: uri)
  }

  /// An editor may call a text of any name a policy.
  private static func isPolicy(_ path: String, _ language: JSONValue?) -> Bool {
    path.hasSuffix(".rung") || language?.string == "rung"
  }

  private static func changes(_ list: JSONElements) throws(ResponseError) -> [ContentChange] {
    var changes: [ContentChange] = []
    for change in list {
      guard let text = change["text"]?.string else {
        throw ResponseError(.invalidParams, "a change has a `text`")
      }
      guard let written = change["range"], !written.isNull else {
        changes.append(.whole(text))
        continue
      }
      guard let range = written.range else {
        throw ResponseError(.invalidParams, "a `range` has a `start` and an `end`")
      }
      changes.append(.part(range, text))
    }
    return changes
  }
}
