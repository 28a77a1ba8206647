import JSONWriting
import PolicyDiagnostics
import PolicyEditing
import PolicySource

/// What the client was told last of each file.
struct Publishing {
  /// The messages, by path; of files that are not open only those that hold something.
  private var told: [String: [UInt8]] = [:]

  /// What is to be told of a file now: what every policy it is a part of finds in it, each finding
  /// once; nil if the client knows.
  mutating func message(
    for path: String, of policies: OpenPolicies, document: OpenDocument?, client: ClientSettings
  ) -> [UInt8]? {
    // What no editor could open has no name to publish under.
    guard document != nil || path.hasPrefix("/") else { return nil }
    var findings: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    for (_, entry) in policies.sorted where entry.files.contains(path) {
      for finding in entry.findings {
        let sources = entry.snapshot.sources
        guard sources[finding.span.file]?.path == path else { continue }
        let shown = ShownFinding(
          finding: finding, sources: sources, encoding: client.encoding,
          takesRelatedPlaces: client.takesRelatedPlaces)
        var json = JSONWriter()
        shown.write(&json)
        if seen.insert(json.bytes).inserted { findings.append(json.bytes) }
      }
    }
    let message = OutgoingMessage.notification("textDocument/publishDiagnostics") { json in
      json.member("uri", document?.uri ?? DocumentURI.uri(of: path))
      if let version = document?.version { json.member("version", version) }
      json.array("diagnostics") { json in
        for finding in findings { json.raw(finding) }
      }
    }
    let before = told[path]
    if document == nil, findings.isEmpty {
      told[path] = nil
      return before == nil ? nil : message
    }
    told[path] = message
    return before == message ? nil : message
  }

  /// Clears what was told of a document that is closed.
  ///
  /// Should a policy still have it as a part, that is told anew.
  mutating func forget(_ document: OpenDocument) -> [ServerEffect] {
    guard told.removeValue(forKey: document.path) != nil else { return [] }
    let message = OutgoingMessage.notification("textDocument/publishDiagnostics") { json in
      json.member("uri", document.uri)
      json.array("diagnostics") { _ in }
    }
    return [.send(message)]
  }
}

/// A finding as the protocol shows it.
struct ShownFinding {
  let finding: Diagnostic
  let sources: SourceMap
  let encoding: PositionEncoding
  let takesRelatedPlaces: Bool

  func write(_ json: inout JSONWriter) {
    guard let file = sources[finding.span.file] else { return json.null() }
    json.object { json in
      json.member("range", file.range(of: finding.span, in: encoding))
      json.member("severity", finding.severity.number)
      json.member("code", finding.code.rawValue)
      json.member("source", "rung")
      json.member("message", message)
      if finding.code.rawValue.hasPrefix("unused_") {
        // Shown faded where the editor can.
        json.array("tags") { $0.integer(1) }
      }
      let places = finding.notes.filter { $0.span != nil }
      if takesRelatedPlaces, !places.isEmpty {
        json.array("relatedInformation") { json in
          for note in places { write(note, &json) }
        }
      }
      // What `rung rule` knows of it.
      json.object("data") { $0.member("rule", finding.code.rawValue) }
    }
  }

  /// With the remarks that have no place, or none the client would show.
  private var message: String {
    let notes = finding.notes.filter { $0.span == nil || !takesRelatedPlaces }
    return ([finding.message] + notes.map { "note: \($0.message)" }).joined(separator: "\n")
  }

  private func write(_ note: Note, _ json: inout JSONWriter) {
    guard let span = note.span, let file = sources[span.file] else { return }
    json.object { json in
      json.object("location") { json in
        json.member("uri", DocumentURI.uri(of: file.path))
        json.member("range", file.range(of: span, in: encoding))
      }
      json.member("message", note.message)
    }
  }
}

extension Severity {
  /// Of the protocol; a note is its information.
  var number: Int {
    switch self {
    case .error: 1
    case .warning: 2
    case .note: 3
    }
  }
}

extension JSONWriter {
  mutating func member(_ name: String, _ position: TextPosition) {
    object(name) { json in
      json.member("line", position.line)
      json.member("character", position.character)
    }
  }

  mutating func member(_ name: String, _ range: TextRange) {
    object(name) { json in
      json.member("start", range.start)
      json.member("end", range.end)
    }
  }
}
