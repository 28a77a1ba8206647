import PolicyDiagnostics
import PolicySource

/// What the rules found in a text, at the places it has after the text has changed.
///
/// The rules look at a text only when it rests and has no errors, which a text being typed seldom is.
/// Without this, all they found would vanish at every stroke of a key and come back.
enum CarriedFindings {
  /// Those whose places are all outside the lines that changed, in files that are still there.
  ///
  /// Without their cures, which were proved of the older text. O(bytes + findings).
  static func of(_ findings: [Diagnostic], from old: SourceMap, to new: SourceMap) -> [Diagnostic] {
    guard !findings.isEmpty else { return [] }
    let moves = old.files.map { file in
      new.files.first { $0.path == file.path }.map { Move(of: file, to: $0) }
    }
    func moved(_ span: Span) -> Span? {
      let index = Int(span.file.index)
      return index < moves.count ? moves[index]?.moved(span) : nil
    }
    return findings.compactMap { finding in
      guard let span = moved(finding.span) else { return nil }
      var notes: [Note] = []
      for note in finding.notes {
        guard let place = note.span else {
          notes.append(note)
          continue
        }
        guard let place = moved(place) else { return nil }
        notes.append(Note(note.message, at: place))
      }
      return Diagnostic(
        finding.code, finding.severity, finding.message, at: span, notes: notes,
        hidesSource: finding.hidesSource)
    }
  }

  /// From one text to the next: the lines before those that changed, and the lines after them.
  private struct Move {
    let file: SourceID
    /// In the older text; nil if the texts are the same.
    let changed: Range<UInt32>?
    /// Whether no line follows them.
    let endsText: Bool
    /// How much further on the lines after them stand.
    let shift: Int

    init(of old: SourceFile, to new: SourceFile) {
      file = new.id
      // Most files are the very bytes they were, which is known without looking at them.
      let edit = old.bytes == new.bytes ? nil : LineDifference.edit(of: old, to: new.bytes)
      changed = edit.map { $0.span.start..<$0.span.end }
      endsText = changed.map { Int($0.upperBound) == old.bytes.count } ?? false
      shift = new.bytes.count - old.bytes.count
    }

    /// Nil for a place in or at the lines that changed.
    func moved(_ span: Span) -> Span? {
      guard let changed else { return Span(file: file, start: span.start, end: span.end) }
      if span.end <= changed.lowerBound, span.start < changed.lowerBound {
        return Span(file: file, start: span.start, end: span.end)
      }
      guard span.start >= changed.upperBound, !endsText else { return nil }
      return Span(
        file: file, start: UInt32(Int(span.start) + shift), end: UInt32(Int(span.end) + shift))
    }
  }
}
