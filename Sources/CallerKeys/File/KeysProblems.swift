import PolicyDiagnostics
import PolicySource

/// The findings of one keys file.
///
/// No finding shows the line it is about if anything on that line may be a key: who pastes a key into
/// this file must not find it again in a log of the build.
struct KeysProblems {
  private let file: SourceFile
  private var diagnostics: [Diagnostic]
  private var count = 0
  private static let limit = 100

  init(file: SourceFile, diagnostics: [Diagnostic]) {
    self.file = file
    self.diagnostics = diagnostics.map { Self.hidden($0, in: file) }
  }

  /// Whether one more finding would be kept: near names are looked for only then.
  var hasRoom: Bool { count < Self.limit }

  mutating func report(
    _ code: DiagnosticCode, _ message: String, at span: Span, note: String? = nil,
    also: Note? = nil, near: String? = nil, severity: Severity = .error
  ) {
    count += 1
    guard count <= Self.limit else { return }
    let fixIts = near.map { [FixIt("write `\($0)`", edits: [Edit(span, $0)])] } ?? []
    let notes = (note.map { [Note($0)] } ?? []) + (also.map { [$0] } ?? [])
    diagnostics.append(
      Self.hidden(
        Diagnostic(code, severity, message, at: span, notes: notes, fixIts: fixIts), in: file))
  }

  /// Whether nothing was found.
  var isEmpty: Bool { diagnostics.isEmpty }

  /// Says of a file without keys what that means.
  mutating func reportNoKeys() {
    report(
      .keysNone, "there is no key in this file: no caller will be let in",
      at: Span(file: file.id, start: 0, end: 0),
      note: "`rung key new --id NAME` makes one and writes it here", severity: .warning)
  }

  /// In the order of the file.
  var sorted: [Diagnostic] {
    var shown = diagnostics.sorted(by: Diagnostic.isShownBefore)
    if count > Self.limit, let last = shown.indices.last {
      shown[last].notes.append(Note("only the first \(Self.limit) findings of this file are shown"))
    }
    return shown
  }

  private static func hidden(_ diagnostic: Diagnostic, in file: SourceFile) -> Diagnostic {
    var shown = diagnostic
    let marks: Set<Character> = [" ", "\t", "\"", "'", ",", ":", "[", "]", "{", "}", "="]
    for span in [diagnostic.span] + diagnostic.notes.compactMap(\.span) where span.file == file.id {
      let first = file.location(of: span.start).line
      let last = max(first, file.location(of: span.end).line)
      // Many lines at once are never shown whole; the first says enough.
      for line in first...min(last, first + 8) {
        let words = file.lineText(line).split(whereSeparator: marks.contains)
        if words.contains(where: {
          let word = String($0)
          return KeyLikeness.isKey(word) || KeyLikeness.isUnbroken(word)
        }) {
          shown.hidesSource = true
        }
      }
    }
    return shown
  }
}
