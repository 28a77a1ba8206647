import PolicySource

/// A finding in lines of plain text, for formats that show no source.
enum DiagnosticWords {
  /// The message, then its notes, then what would cure it.
  static func lines(of diagnostic: Diagnostic, in sources: SourceMap) -> [String] {
    var lines = [diagnostic.message]
    for note in diagnostic.notes { lines.append(self.note(note, in: sources)) }
    for fixIt in diagnostic.fixIts { lines.append("help: " + fixIt.message) }
    return lines
  }

  /// The message with the notes that have no place of their own.
  static func message(of diagnostic: Diagnostic) -> String {
    let advice = diagnostic.notes.filter { $0.span == nil }.map { "note: " + $0.message }
    return ([diagnostic.message] + advice).joined(separator: "\n")
  }

  private static func note(_ note: Note, in sources: SourceMap) -> String {
    guard let span = note.span, let file = sources[span.file] else {
      return "note: " + note.message
    }
    let location = file.location(of: span.start)
    return "note: \(note.message) (\(file.path):\(location.line):\(location.column))"
  }
}
