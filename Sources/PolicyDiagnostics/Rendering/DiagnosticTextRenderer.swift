package import PolicySource

/// Lays findings out for people: the place, the message, the source line underlined, advice.
///
/// ```
/// support.rung:12:8: error[unknown_name]: there is no model `qwen3-9b`
///    |
/// 12 |   tier qwen3-9b accept answered
///    |        ^^^^^^^^
///    = note: models come from the catalog
///    = help: use `qwen3-8b`
/// 12 ~   tier qwen3-8b accept answered
/// ```
/// The column counts characters. O(findings × length of their lines).
package struct DiagnosticTextRenderer: Sendable {
  private let sources: SourceMap
  private let paint: Paint
  private let width: Int

  /// Shows at most `width` columns of a source line.
  ///
  /// A longer one is cut around the underline. Colour is for terminals only.
  package init(sources: SourceMap, colour: Bool = false, width: Int = 120) {
    self.sources = sources
    paint = Paint(isOn: colour)
    self.width = max(20, width)
  }

  /// All findings, sorted, an empty line between, and a summary; empty if there is none.
  package func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
    render(diagnostics, atMost: .max, whereTheRestIs: "")
  }

  /// At most `limit` findings, errors before all others, then `… and N more (WHERE)`.
  ///
  /// What is shown stays in order, and the summary counts every finding.
  package func render(
    _ diagnostics: some Sequence<Diagnostic>, atMost limit: Int, whereTheRestIs place: String
  ) -> String {
    let sorted = diagnostics.sorted(by: Diagnostic.isShownBefore)
    guard !sorted.isEmpty else { return "" }
    let shown = Diagnostic.mostSevere(limit, of: sorted) { $0 }
    var blocks = shown.map { block($0) + "\n" }
    if shown.count < sorted.count {
      blocks.append("… and \(sorted.count - shown.count) more (\(place))\n")
    }
    return (blocks + [DiagnosticCounts(sorted).summary + "\n"]).joined(separator: "\n")
  }

  /// One finding, without an empty line after it.
  package func render(_ diagnostic: Diagnostic) -> String { block(diagnostic) + "\n" }

  private func block(_ diagnostic: Diagnostic) -> String {
    let label = paint.severity(
      "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]", diagnostic.severity)
    var lines = [place(diagnostic.span) + label + ": " + paint.strong(plain(diagnostic.message))]
    let excerpt = SourceExcerpt(sources: sources, paint: paint, width: width)
    let gutter = excerpt.gutter(for: diagnostic)
    let advice = gutter + " " + paint.frame("=") + " "
    let isShown = !diagnostic.hidesSource
    if isShown {
      lines += excerpt.lines(under: diagnostic.span, gutter: gutter, severity: diagnostic.severity)
    } else {
      lines.append(advice + "note: the line is not shown: it may hold a secret")
    }
    for note in diagnostic.notes where note.span == nil {
      lines.append(advice + "note: " + plain(note.message))
    }
    for fixIt in diagnostic.fixIts {
      lines.append(advice + paint.help("help") + ": " + plain(fixIt.message))
      if isShown { lines += excerpt.lines(after: fixIt, gutter: gutter) }
    }
    for note in diagnostic.notes {
      guard let span = note.span else { continue }
      lines.append(place(span) + paint.severity("note", .note) + ": " + plain(note.message))
      if isShown { lines += excerpt.lines(under: span, gutter: gutter, severity: .note) }
    }
    return lines.joined(separator: "\n")
  }

  /// `path:line:column: `, or nothing for a place in a file nobody gave.
  private func place(_ span: Span) -> String {
    guard let file = sources[span.file] else { return "" }
    let location = file.location(of: span.start)
    return plain("\(file.path):\(location.line):\(location.column):") + " "
  }

  /// Text of others on one line and without controls.
  private func plain(_ text: String) -> String {
    DisplayLine(text).text(0..<Int.max)
  }
}
