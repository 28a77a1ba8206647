import JSONWriting
import PolicySource

/// The places of a finding as SARIF writes them.
struct SARIFPlaces {
  private let sources: SourceMap

  init(_ sources: SourceMap) { self.sources = sources }

  /// The members `locations`, `relatedLocations` and `fixes`, each where there is something in it.
  func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
    if sources[diagnostic.span.file] != nil {
      json.array("locations") { json in
        json.object { write(physical: diagnostic.span, to: &$0) }
      }
    }
    let related = diagnostic.notes.filter { note in
      note.span.map { sources[$0.file] != nil } ?? false
    }
    if !related.isEmpty {
      json.array("relatedLocations") { json in
        for (id, note) in related.enumerated() {
          json.object { json in
            json.member("id", id)
            if let span = note.span { write(physical: span, to: &json) }
            json.object("message") { $0.member("text", note.message) }
          }
        }
      }
    }
    let fixes = diagnostic.fixIts.filter(isShown)
    if !fixes.isEmpty {
      json.array("fixes") { json in
        for fixIt in fixes { write(fixIt, to: &json) }
      }
    }
  }

  /// A fix-it needs edits, all of them in files at hand.
  private func isShown(_ fixIt: FixIt) -> Bool {
    !fixIt.edits.isEmpty && fixIt.edits.allSatisfy { sources[$0.span.file] != nil }
  }

  private func write(_ fixIt: FixIt, to json: inout JSONWriter) {
    let edits = Dictionary(grouping: fixIt.edits) { $0.span.file }.sorted { $0.key < $1.key }
    let message = fixIt.isSafe ? fixIt.message : fixIt.message + " (may change decisions)"
    json.object { json in
      json.object("description") { $0.member("text", message) }
      json.array("artifactChanges") { json in
        for (file, edits) in edits {
          json.object { json in
            write(artifact: file, to: &json)
            json.array("replacements") { json in
              for edit in edits.sorted(by: { $0.span < $1.span }) { write(edit, to: &json) }
            }
          }
        }
      }
    }
  }

  private func write(_ edit: Edit, to json: inout JSONWriter) {
    json.object { json in
      write(region: edit.span, as: "deletedRegion", to: &json)
      if !edit.replacement.isEmpty {
        json.object("insertedContent") { $0.member("text", edit.replacement) }
      }
    }
  }

  private func write(physical span: Span, to json: inout JSONWriter) {
    json.object("physicalLocation") { json in
      write(artifact: span.file, to: &json)
      write(region: span, as: "region", to: &json)
    }
  }

  private func write(artifact id: SourceID, to json: inout JSONWriter) {
    guard let file = sources[id] else { return }
    json.object("artifactLocation") { $0.member("uri", Self.uri(file.path)) }
  }

  private func write(region span: Span, as name: String, to json: inout JSONWriter) {
    guard let file = sources[span.file] else { return }
    let end = min(span.end, file.span.end)
    let start = min(span.start, end)
    let first = file.location(of: start)
    let last = file.location(of: end)
    json.object(name) { json in
      json.member("startLine", first.line)
      json.member("startColumn", first.utf16Column)
      json.member("endLine", last.line)
      json.member("endColumn", last.utf16Column)
      json.member("byteOffset", start)
      json.member("byteLength", end - start)
    }
  }

  /// A path as a reference: absolute ones name the file, others stay relative to where the command
  /// ran.
  static func uri(_ path: String) -> String {
    var result = path.hasPrefix("/") ? "file://" : ""
    let digits = Array("0123456789ABCDEF")
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        result += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
      }
    }
    return result
  }
}
