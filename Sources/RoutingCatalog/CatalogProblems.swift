import PolicyDiagnostics
import PolicySource

/// The findings of one catalog, and the lines nobody may show.
struct CatalogProblems {
  private let file: SourceFile
  private(set) var diagnostics: [Diagnostic]
  private var secretLines: Set<Int> = []
  private var counts: [Severity: Int] = [:]
  /// Findings kept of each severity, so that a file of nothing but mistakes stays cheap.
  private static let limit = 100
  /// Set once it is known; the plausible height of a price depends on it.
  var currency: String?

  init(file: SourceFile, diagnostics: [Diagnostic]) {
    self.file = file
    self.diagnostics = diagnostics
  }

  mutating func report(
    _ code: DiagnosticCode, _ message: String, at span: Span, note: String? = nil,
    also: Note? = nil, fixIt: FixIt? = nil, severity: Severity = .error
  ) {
    counts[severity, default: 0] += 1
    guard counts[severity, default: 0] <= Self.limit else { return }
    let advice = note.map { [Note($0)] } ?? []
    diagnostics.append(
      Diagnostic(
        code, severity, message, at: span, notes: advice + (also.map { [$0] } ?? []),
        fixIts: fixIt.map { [$0] } ?? []))
  }

  /// Whether one more error would be kept: near names are looked for only then.
  var hasRoom: Bool { counts[.error, default: 0] < Self.limit }

  /// From now on no finding on the lines of this span shows its source.
  mutating func hide(_ span: Span) {
    let first = file.line(of: span.start)
    let last = file.line(of: span.end)
    secretLines.formUnion(first...max(first, last))
  }

  /// In the order of the file; findings at one place in the order they were made.
  var sorted: [Diagnostic] {
    let ordered = diagnostics.enumerated().sorted {
      ($0.element.span, $0.offset) < ($1.element.span, $1.offset)
    }
    var lines = KeyLines(file: file, known: secretLines)
    var shown = ordered.map { hidden($0.element, &lines) }
    if counts.values.contains(where: { $0 > Self.limit }), let last = shown.indices.last {
      let note = "only the first \(Self.limit) errors and warnings of this file are shown"
      shown[last].notes.append(Note(note))
    }
    return shown
  }

  private func hidden(_ diagnostic: Diagnostic, _ lines: inout KeyLines) -> Diagnostic {
    var shown = diagnostic
    for span in [diagnostic.span] + diagnostic.notes.compactMap(\.span) {
      let first = file.line(of: span.start)
      for line in first...max(first, file.line(of: span.end)) where lines.holdKey(line) {
        shown.hidesSource = true
      }
    }
    return shown
  }
}

/// Which lines hold a key, or a word that looks like one, also where the file is no YAML.
private struct KeyLines {
  let file: SourceFile
  private var answers: [Int: Bool]

  init(file: SourceFile, known: Set<Int>) {
    self.file = file
    answers = Dictionary(uniqueKeysWithValues: known.map { ($0, true) })
  }

  mutating func holdKey(_ line: Int) -> Bool {
    if let answer = answers[line] { return answer }
    let marks: Set<Character> = [" ", "\t", "\"", "'", ",", ":", "[", "]", "{", "}", "=", "/"]
    let answer = file.lineText(line).split(whereSeparator: marks.contains)
      .contains { SecretLikeness.isKey(String($0)) }
    answers[line] = answer
    return answer
  }
}

extension SourceFile {
  /// The 1-based line of an offset, in O(log lines): a column costs the length of its line.
  fileprivate func line(of offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }
}
