import PolicySource

/// The lines that a fix-it touches, as they would read after it.
struct EditedLines {
  /// 1-based.
  let firstLine: Int
  let lines: [String]

  /// Bytes of source that are still worth showing again.
  private static let longest = 4096

  /// Nil if there is nothing to show: no edits, edits that overlap or lie in different files, lines
  /// that would be gone or are too long to look at.
  init?(_ fixIt: FixIt, in sources: SourceMap) {
    let edits = fixIt.edits.sorted { $0.span < $1.span }
    guard let first = edits.first, let last = edits.last,
      first.span.file == last.span.file, let file = sources[first.span.file]
    else { return nil }
    firstLine = file.location(of: first.span.start).line
    let start = file.lineRange(firstLine).lowerBound
    let end = max(
      file.lineRange(file.location(of: last.span.end).line).upperBound,
      min(Int(last.span.end), file.bytes.count))
    guard end - start <= Self.longest else { return nil }
    var text: [UInt8] = []
    var next = start
    for edit in edits {
      guard Int(edit.span.start) >= next, Int(edit.span.end) <= end else { return nil }
      text += file.bytes[next..<Int(edit.span.start)]
      text += edit.replacement.utf8
      next = Int(edit.span.end)
    }
    text += file.bytes[next..<end]
    var lines = String(decoding: text, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    if lines.isEmpty { return nil }
    self.lines = lines
  }
}
