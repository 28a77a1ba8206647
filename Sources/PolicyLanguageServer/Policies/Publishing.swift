import JSONWriting
import PolicyDiagnostics
import PolicyEditing
import PolicySource

/// What the client was told last of each file.
struct Publishing {
  /// The messages, by path and by the name they were sent under; of files that are not open only
  /// those that hold something.
  private var told: [String: [String: [UInt8]]] = [:]

  /// What is to be told of a file now, under every name the client has it open by: what every policy
  /// it is a part of finds in it, each finding once; nothing if the client knows.
  mutating func messages(
    for path: String, of policies: OpenPolicies, document: OpenDocument?, client: ClientSettings
  ) -> [[UInt8]] {
    // What no editor could open has no name to publish under.
    guard document != nil || path.hasPrefix("/") else { return [] }
    let findings =
      document?.lost.map { [Self.finding(of: $0)] }
      ?? PublishedFindings(in: path, of: policies, client).json
    let names = document?.spellings ?? [DocumentURI.uri(of: path)]
    let before = told[path] ?? [:]
    var messages = before.keys.filter { !names.contains($0) }.sorted().map(Self.nothing)
    var now: [String: [UInt8]] = [:]
    for name in names {
      let message = OutgoingMessage.notification("textDocument/publishDiagnostics") { json in
        json.member("uri", name)
        // Of a text that is lost nobody here knows the version either.
        if let version = document?.version, document?.lost == nil {
          json.member("version", version)
        }
        json.array("diagnostics") { json in
          for finding in findings { json.raw(finding) }
        }
      }
      let isKnown = before[name] == message
      if document == nil, findings.isEmpty {
        if before[name] != nil { messages.append(message) }
      } else {
        now[name] = message
        if !isKnown { messages.append(message) }
      }
    }
    told[path] = now.isEmpty ? nil : now
    return messages
  }

  /// Clears what was told of a document under a name it is closed under.
  ///
  /// Should a policy still have it as a part, that is told anew.
  mutating func forget(_ path: String, named uri: String) -> [ServerEffect] {
    guard told[path]?.removeValue(forKey: uri) != nil else { return [] }
    if told[path]?.isEmpty == true { told[path] = nil }
    return [.send(Self.nothing(under: uri))]
  }

  private static func nothing(under uri: String) -> [UInt8] {
    OutgoingMessage.notification("textDocument/publishDiagnostics") { json in
      json.member("uri", uri)
      json.array("diagnostics") { _ in }
    }
  }

  /// All that can be said of a text that is not known.
  private static func finding(of step: LostStep) -> [UInt8] {
    var json = JSONWriter()
    let start = TextPosition(line: 0, character: 0)
    json.object { json in
      json.member("range", TextRange(start: start, end: start))
      json.member("severity", Severity.error.number)
      json.member("source", "rung")
      json.member("message", step.message)
    }
    return json.bytes
  }
}

/// The findings of one file as they are shown in it.
///
/// An editor draws every one of them and a reader looks at few, so no more than ``most`` are shown,
/// the worst of every kind, and what is left out is counted.
struct PublishedFindings {
  /// How many findings of one file an editor is told.
  static let most = 100

  private var shown: [ShownFinding] = []
  private var hidden = 0

  init(in path: String, of policies: OpenPolicies, _ client: ClientSettings) {
    var all: [ShownFinding] = []
    var seen: Set<Seen> = []
    for (_, entry) in policies.sorted where entry.files.contains(path) {
      let sources = entry.snapshot.sources
      for finding in entry.findings
      where sources[finding.span.file]?.path == path && seen.insert(Seen(finding)).inserted {
        all.append(
          ShownFinding(
            finding: finding, sources: sources, encoding: client.encoding,
            takesRelatedPlaces: client.takesRelatedPlaces))
      }
    }
    shown = Diagnostic.mostSevere(Self.most, of: all, finding: \.finding)
    hidden = all.count - shown.count
  }

  /// What makes two policies' findings in a file they share the same.
  private struct Seen: Hashable {
    let code: DiagnosticCode
    let start: UInt32
    let end: UInt32
    let message: String
    let notes: [String]

    init(_ finding: Diagnostic) {
      code = finding.code
      start = finding.span.start
      end = finding.span.end
      message = finding.message
      notes = finding.notes.map(\.message)
    }
  }

  var json: [[UInt8]] {
    var findings = shown.map { finding in
      var json = JSONWriter()
      finding.write(&json)
      return json.bytes
    }
    if hidden > 0 { findings.append(rest) }
    return findings
  }

  /// At the top, where nothing else is likely to stand.
  private var rest: [UInt8] {
    var json = JSONWriter()
    let start = TextPosition(line: 0, character: 0)
    json.object { json in
      json.member("range", TextRange(start: start, end: start))
      json.member("severity", Severity.note.number)
      json.member("source", "rung")
      json.member("message", "… and \(hidden) more (`rung check --all` shows them)")
    }
    return json.bytes
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
