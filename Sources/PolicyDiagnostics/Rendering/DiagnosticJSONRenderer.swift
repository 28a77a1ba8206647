package import JSONWriting
package import PolicySource

/// Writes findings for programs.
///
/// ```
/// {"version":1,
///  "diagnostics":[
///    {"severity":"error","code":"unknown_name","message":"…",
///     "place":{"path":"support.rung","file":0,
///              "start":{"offset":210,"line":12,"column":8,"utf8_column":8,"utf16_column":8},
///              "end":{…}},
///     "notes":[{"message":"…","place":null}],
///     "fix_its":[{"message":"…","is_safe":false,"edits":[{"place":{…},"replacement":"…"}]}]}],
///  "errors":1,"warnings":0,"notes":0}
/// ```
/// Offsets are UTF-8 bytes from the start of the file, from 0; lines and columns count from 1, a
/// `column` in characters. `place` is null where a note has none or its file is not at hand; `file`
/// tells files of one path apart. Members are only ever added within a version; their order and the
/// order of the findings are fixed, so equal findings are equal bytes.
package struct DiagnosticJSONRenderer: Sendable {
  /// The version of the format.
  package static let version = 1

  private let sources: SourceMap

  package init(sources: SourceMap) { self.sources = sources }

  /// All findings, sorted, as one JSON object without a newline at its end.
  package func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("version", Self.version)
      members(for: diagnostics, in: &json)
    }
    return json.text
  }

  /// The members `diagnostics`, `errors`, `warnings` and `notes`, for a larger object.
  package func members(
    for diagnostics: some Sequence<Diagnostic>, in json: inout JSONWriter
  ) {
    let sorted = diagnostics.sorted(by: Diagnostic.isShownBefore)
    let counts = DiagnosticCounts(sorted)
    json.array("diagnostics") { json in
      for diagnostic in sorted { write(diagnostic, to: &json) }
    }
    json.member("errors", counts.errors)
    json.member("warnings", counts.warnings)
    json.member("notes", counts.notes)
  }

  private func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
    json.object { json in
      json.member("severity", diagnostic.severity.rawValue)
      json.member("code", diagnostic.code.rawValue)
      json.member("message", diagnostic.message)
      write(diagnostic.span, to: &json)
      json.array("notes") { json in
        for note in diagnostic.notes {
          json.object { json in
            json.member("message", note.message)
            write(note.span, to: &json)
          }
        }
      }
      json.array("fix_its") { json in
        for fixIt in diagnostic.fixIts { write(fixIt, to: &json) }
      }
    }
  }

  private func write(_ fixIt: FixIt, to json: inout JSONWriter) {
    json.object { json in
      json.member("message", fixIt.message)
      json.member("is_safe", fixIt.isSafe)
      json.array("edits") { json in
        for edit in fixIt.edits {
          json.object { json in
            write(edit.span, to: &json)
            json.member("replacement", edit.replacement)
          }
        }
      }
    }
  }

  private func write(_ span: Span?, to json: inout JSONWriter) {
    json.key("place")
    guard let span, let file = sources[span.file] else {
      json.null()
      return
    }
    json.object { json in
      json.member("path", file.path)
      json.member("file", span.file.index)
      for (name, offset) in [("start", span.start), ("end", span.end)] {
        let offset = min(offset, file.span.end)
        let location = file.location(of: offset)
        json.object(name) { json in
          json.member("offset", offset)
          json.member("line", location.line)
          json.member("column", location.column)
          json.member("utf8_column", location.utf8Column)
          json.member("utf16_column", location.utf16Column)
        }
      }
    }
  }
}
