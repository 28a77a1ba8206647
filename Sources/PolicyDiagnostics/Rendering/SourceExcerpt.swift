import PolicySource

/// The lines of a file that a finding points at, with a gutter of line numbers.
struct SourceExcerpt {
  let sources: SourceMap
  let paint: Paint
  let width: Int

  /// As many spaces as the largest line number of a finding has digits.
  func gutter(for diagnostic: Diagnostic) -> String {
    let spans =
      [diagnostic.span] + diagnostic.notes.compactMap(\.span)
      + diagnostic.fixIts.flatMap { $0.edits.map(\.span) }
    let largest =
      spans.compactMap { span in
        sources[span.file].map { lastLine(of: span, in: $0) }
      }.max() ?? 1
    return String(repeating: " ", count: String(largest).count)
  }

  /// The line of a span, underlined; of a span over several lines the first and the last.
  func lines(under span: Span, gutter: String, severity: Severity) -> [String] {
    guard let file = sources[span.file] else { return [] }
    let first = file.location(of: span.start).line
    let last = lastLine(of: span, in: file)
    var lines = [empty(gutter)]
    lines += marked(first, span, file, gutter, severity)
    if last > first {
      if last > first + 1 { lines.append(gutter + paint.frame(" …")) }
      lines += marked(last, span, file, gutter, severity)
    }
    return lines
  }

  /// The lines of a fix-it as they would read; none if it would fill the screen.
  func lines(after fixIt: FixIt, gutter: String) -> [String] {
    guard let edited = EditedLines(fixIt, in: sources), edited.lines.count <= 6 else { return [] }
    return edited.lines.enumerated().map { index, text in
      let line = DisplayLine(text)
      let shown = line.text(line.window(around: 0..<0, width: width))
      let number = index == 0 ? String(edited.firstLine) : ""
      return numbered(number, gutter, "~", shown)
    }
  }

  private func marked(
    _ number: Int, _ span: Span, _ file: SourceFile, _ gutter: String, _ severity: Severity
  ) -> [String] {
    let bytes = nearby(span, in: file.lineRange(number), of: file)
    let line = DisplayLine(String(decoding: file.bytes[bytes], as: UTF8.self))
    let start =
      Int(span.start) >= bytes.lowerBound
      ? line.column(ofByte: Int(span.start) - bytes.lowerBound) : indent(of: bytes, in: file, line)
    let end =
      Int(span.end) <= bytes.upperBound
      ? line.column(ofByte: Int(span.end) - bytes.lowerBound) : line.width
    let marks = start..<max(end, start + 1)
    let window = line.window(around: marks, width: width)
    let visible =
      max(
        marks.lowerBound, window.lowerBound)..<max(
        marks.lowerBound + 1, min(marks.upperBound, max(window.upperBound, marks.lowerBound + 1)))
    let underline =
      String(repeating: " ", count: visible.lowerBound - window.lowerBound)
      + paint.severity(String(repeating: "^", count: visible.count), severity)
    return [
      numbered(String(number), gutter, "|", line.text(window)),
      numbered("", gutter, "|", underline),
    ]
  }

  /// The part of a line around a span that can be seen at all: a line may have megabytes.
  private func nearby(_ span: Span, in line: Range<Int>, of file: SourceFile) -> Range<Int> {
    // Few characters have more than eight bytes.
    let margin = 8 * width
    guard line.count > 4 * margin else { return line }
    let isCharacterStart = { (index: Int) in file.bytes[index] & 0xC0 != 0x80 }
    let wanted = Int(span.start).clamped(to: line)
    var start = max(line.lowerBound, wanted - margin)
    while start > line.lowerBound, !isCharacterStart(start) { start -= 1 }
    var end = min(line.upperBound, wanted + 2 * margin)
    while end < line.upperBound, !isCharacterStart(end) { end += 1 }
    return start..<end
  }

  /// The column of the first byte that is no white space.
  private func indent(of bytes: Range<Int>, in file: SourceFile, _ line: DisplayLine) -> Int {
    let first = bytes.first { file.bytes[$0] != 0x20 && file.bytes[$0] != 0x09 }
    return line.column(ofByte: (first ?? bytes.lowerBound) - bytes.lowerBound)
  }

  /// The line of the last byte of a span: a span that ends with a line's end does not reach the
  /// next line.
  private func lastLine(of span: Span, in file: SourceFile) -> Int {
    file.location(of: span.end > span.start ? span.end - 1 : span.start).line
  }

  private func empty(_ gutter: String) -> String { gutter + " " + paint.frame("|") }

  private func numbered(
    _ number: String, _ gutter: String, _ mark: String, _ text: String
  ) -> String {
    let padding = String(repeating: " ", count: max(0, gutter.count - number.count))
    let frame = paint.frame(padding + number + " " + mark)
    return text.isEmpty ? frame : frame + " " + text
  }
}

extension Int {
  fileprivate func clamped(to range: Range<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
