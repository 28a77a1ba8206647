import JSONWriting
import PolicyDiagnostics
import PolicyEditing
import PolicySource

/// One text as it was when a question about it came, and all that its answers are made of.
///
/// A value, so that an answer that takes a while is one answer: not half of one text and half of the
/// next. Answers are the result's JSON.
struct DocumentQuestion: Sendable {
  let snapshot: PolicySnapshot
  let file: SourceFile
  /// Of the policy the text belongs to, in all its files.
  let findings: [Diagnostic]
  let client: ClientSettings
  let names: DocumentNames
  /// For what reaches beyond the one policy.
  let workspace: WorkspacePolicies

  func place(at position: TextPosition) -> Place {
    Place(file: file.id, offset: file.offset(of: position, in: client.encoding))
  }

  /// Nil for a span of no file a client can open.
  func link(to span: Span) -> (uri: String, range: TextRange)? {
    guard let file = snapshot.sources[span.file], let uri = names.uri(of: file.path) else {
      return nil
    }
    return (uri, file.range(of: span, in: client.encoding))
  }

  func range(of span: Span) -> TextRange { file.range(of: span, in: client.encoding) }

  static let nothing = Array("null".utf8)

  static func list(_ elements: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    json.array(elements)
    return json.bytes
  }

  static func object(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    json.object(members)
    return json.bytes
  }

  /// Changes of one or many files of the policy, as the client understands them.
  func writeWorkspaceEdit(_ edits: [Edit], _ json: inout JSONWriter) {
    let files = Dictionary(grouping: edits, by: \.span.file).sorted { $0.key < $1.key }
    writeWorkspaceEdit(
      files.compactMap { id, edits in
        snapshot.sources[id].map { FileEdits(file: $0, edits: edits) }
      }, &json)
  }

  /// Changes of one or many files.
  ///
  /// With the versions the changes are about, where the client takes them: a text that has moved on is
  /// left alone. What has to be asked about first (`annotation`) only to a client that asks.
  func writeWorkspaceEdit(
    _ files: [FileEdits], annotation: ChangeAnnotation? = nil, _ json: inout JSONWriter
  ) {
    let files = files.compactMap { file in names.uri(of: file.file.path).map { ($0, file) } }
    json.object { json in
      guard client.takesVersionedEdits else {
        json.object("changes") { json in
          for (uri, file) in files {
            json.array(uri) { write(file.edits, in: file.file, &$0) }
          }
        }
        return
      }
      json.array("documentChanges") { json in
        for (uri, file) in files {
          json.object { json in
            json.object("textDocument") { json in
              json.member("uri", uri)
              json.member("version", orNull: names.version(of: file.file.path))
            }
            json.array("edits") {
              write(file.edits, in: file.file, annotated: annotation != nil, &$0)
            }
          }
        }
      }
      if let annotation { json.object("changeAnnotations") { annotation.write(&$0) } }
    }
  }

  func write(
    _ edits: [Edit], in source: SourceFile, annotated: Bool = false, _ json: inout JSONWriter
  ) {
    for edit in edits {
      json.object { json in
        json.member("range", source.range(of: edit.span, in: client.encoding))
        json.member("newText", edit.replacement)
        if annotated { json.member("annotationId", ChangeAnnotation.id) }
      }
    }
  }

  func writeMarkup(
    _ name: String, _ text: String, asMarkdown: Bool, _ json: inout JSONWriter
  ) {
    json.object(name) { json in
      json.member("kind", asMarkdown ? "markdown" : "plaintext")
      json.member("value", text)
    }
  }
}

/// What an editor asks before it makes a change.
struct ChangeAnnotation {
  /// An edit has one annotation, so one name is enough.
  static let id = "confirm"

  /// What is changed.
  let label: String
  /// What else that does.
  let description: String

  func write(_ json: inout JSONWriter) {
    json.object(Self.id) { json in
      json.member("label", label)
      json.member("needsConfirmation", true)
      json.member("description", description)
    }
  }
}

/// What the client calls the files, and which of their texts it has.
struct DocumentNames: Sendable {
  private var open: [String: (uri: String, version: Int64?)] = [:]

  init(_ documents: [String: OpenDocument]) {
    open = documents.mapValues { ($0.uri, $0.version) }
  }

  /// Nil for what no editor could open.
  func uri(of path: String) -> String? {
    if let name = open[path] { return name.uri }
    return path.hasPrefix("/") ? DocumentURI.uri(of: path) : nil
  }

  func version(of path: String) -> Int64? { open[path]?.version }
}
