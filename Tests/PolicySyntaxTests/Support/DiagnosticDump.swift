import PolicyDiagnostics
import PolicySource

/// Diagnostics in one compact form: `line:column code message`, then notes and fix-its.
enum DiagnosticDump {
  static func text(_ diagnostics: [Diagnostic], of source: SourceFile) -> String {
    diagnostics.map { text($0, of: source) }.joined()
  }

  private static func text(_ diagnostic: Diagnostic, of source: SourceFile) -> String {
    let place = range(diagnostic.span, of: source)
    var dump = "\(place) \(diagnostic.code.rawValue): \(diagnostic.message)\n"
    for note in diagnostic.notes {
      let place = note.span.map { " at \(range($0, of: source))" } ?? ""
      dump += "  note\(place): \(note.message)\n"
    }
    for fixIt in diagnostic.fixIts {
      dump += "  fix-it\(fixIt.isSafe ? "" : " (unsafe)"): \(fixIt.message)\n"
      for edit in fixIt.edits {
        let shown = edit.replacement.replacing("\n", with: "\\n")
        dump += "    \(range(edit.span, of: source)) → [\(shown)]\n"
      }
    }
    return dump
  }

  /// `line:column-column`, columns in characters; the last one is exclusive.
  private static func range(_ span: Span, of source: SourceFile) -> String {
    let start = source.location(of: span.start)
    let end = source.location(of: span.end)
    let last = end.line == start.line ? "\(end.column)" : "\(end.line):\(end.column)"
    return "\(start.line):\(start.column)-\(last)"
  }
}
