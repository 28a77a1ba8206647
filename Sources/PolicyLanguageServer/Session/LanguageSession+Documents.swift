import JSONReading

/// What happens to the texts in the editor.
extension LanguageSession {
  mutating func opened(_ params: JSONValue?) throws(ResponseError) -> [ServerEffect] {
    let document = params?["textDocument"]
    guard let uri = document?["uri"]?.string, let text = document?["text"]?.string else {
      throw ResponseError(.invalidParams, "a document has a `uri` and a `text`")
    }
    var opened = OpenDocument(uri: uri, version: document?["version"]?.integer, text: text)
    if var known = documents[opened.path] {
      known.alsoOpen(opened)
      opened = known
    }
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
    do throws(ResponseError) {
      let changes = try (params?["contentChanges"]?.elements).map {
        value throws(ResponseError) in try Self.changes(value)
      }
      document.apply(changes ?? [], version: version, in: client.encoding)
    } catch {
      return lost([path], LostStep(reason: error.message))
    }
    documents[path] = document
    policies.changed(path)
    return []
  }

  /// A message that is no JSON this server reads, and may have been about texts: those it names are
  /// lost, or all if it names none.
  mutating func unreadable(_ json: [UInt8]) -> [ServerEffect] {
    let text = String(decoding: json, as: UTF8.self)
    guard text.contains(ClientMethod.didChange.rawValue) else { return [] }
    let named = documents.values.filter { $0.spellings.contains { text.contains($0) } }
    let paths = (named.isEmpty ? Array(documents.values) : named).map(\.path).sorted()
    return lost(paths, LostStep(reason: "it is no JSON that can be read here"))
  }

  /// Says that texts are no longer known, to the one who reads them as to the one who reads the log.
  private mutating func lost(_ paths: [String], _ step: LostStep) -> [ServerEffect] {
    for path in paths {
      documents[path]?.lose(step)
      policies.changed(path)
    }
    return paths.flatMap { path -> [ServerEffect] in
      let words = "`\(path)`: \(step.message)"
      return [.log(words), .send(OutgoingMessage.shown(words, .error))]
    }
  }

  /// A client that watches no files tells of them only so: what lies on disk is read again.
  mutating func saved(_ params: JSONValue?) throws(ResponseError) -> [ServerEffect] {
    _ = try Self.path(params)
    policies.everythingChanged()
    return []
  }

  mutating func closed(_ params: JSONValue?) throws(ResponseError) -> [ServerEffect] {
    let path = try Self.path(params)
    let uri = params?["textDocument"]?["uri"]?.string ?? ""
    if documents[path]?.close(uri) == true {
      policies.changed(path)
      return publishing.forget(path, named: uri)
    }
    guard let document = documents.removeValue(forKey: path) else { return [] }
    policies.closed(path)
    return publishing.forget(path, named: document.uri)
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
