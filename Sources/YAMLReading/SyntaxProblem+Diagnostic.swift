import PolicyDiagnostics
import PolicySource

extension SyntaxProblem {
  /// libyaml's words at the place in bytes, with our advice where its words puzzle people.
  func diagnostic(in text: YAMLText) -> Diagnostic {
    let span = text.span(offset..<(offset + 1))
    let isTab = text.file.text(of: span) == "\t"
    if isTab || message.contains("tab character") {
      return Diagnostic(
        .yamlTab, .error, "a tab cannot indent here", at: span,
        notes: [Note("YAML indents with spaces")] + contextNotes(in: text))
    }
    let advice = advice(for: text.file.text(of: span))
    return Diagnostic(
      .yamlSyntax, .error, message, at: shownSpan(span, in: text),
      notes: contextNotes(in: text) + advice.map { Note($0) })
  }

  private func contextNotes(in text: YAMLText) -> [Note] {
    guard let context, contextOffset != offset else { return [] }
    return [Note(context, at: shownSpan(text.span(contextOffset..<(contextOffset + 1)), in: text))]
  }

  /// A line ending is not underlined.
  private func shownSpan(_ span: Span, in text: YAMLText) -> Span {
    guard ["\n", "\r", "\r\n"].contains(text.file.text(of: span)) else { return span }
    return Span(file: span.file, start: span.start, end: span.start)
  }

  private func advice(for character: String) -> [String] {
    if message.hasPrefix("mapping values are not allowed") {
      return ["quote a value that holds a colon and a space, and indent keys alike"]
    }
    if message.hasPrefix("could not find expected ':'") {
      return ["a key needs a colon and a space after it"]
    }
    if message.hasPrefix("found character that cannot start any token") {
      return ["quote a value that starts with `\(character)`"]
    }
    return []
  }
}
