import JSONWriting
import PolicyDiagnostics
import PolicyEditing
import PolicySource

extension DocumentQuestion {
  func foldings() -> [UInt8] {
    Self.list { json in
      for span in snapshot.foldings(of: file.id) { write(folding: span, &json) }
    }
  }

  /// A block keeps its last line, the one with the closing brace, in sight.
  private func write(folding span: Span, _ json: inout JSONWriter) {
    let bytes = file.bytes
    guard span.count > 1, Int(span.end) <= bytes.count else { return }
    let isComment = bytes[Int(span.start)] == UInt8(ascii: "#")
    let inside =
      isComment ? span : Span(file: span.file, start: span.start + 1, end: span.end - 1)
    let range = range(of: inside)
    let keepsLast = !isComment && client.foldsWholeLines
    let endLine = range.end.line - (keepsLast ? 1 : 0)
    guard endLine > range.start.line else { return }
    json.object { json in
      json.member("startLine", range.start.line)
      json.member("endLine", endLine)
      if !client.foldsWholeLines {
        json.member("startCharacter", range.start.character)
        json.member("endCharacter", range.end.character)
      }
      if isComment { json.member("kind", "comment") }
    }
  }

  /// Null for a text with syntax errors, which are shown where they are.
  func formatting() -> [UInt8] {
    guard let formatted = snapshot.formatted(file.id) else { return Self.nothing }
    return Self.list { json in
      guard let edit = LineDifference.edit(of: file, to: formatted) else { return }
      write([edit], in: file, &json)
    }
  }
}

/// The one edit that makes a text another, without the lines both begin and end with: marks and
/// cursors outside it stay where they are.
enum LineDifference {
  /// Nil if the texts are equal.
  ///
  /// O(bytes).
  static func edit(of file: SourceFile, to new: [UInt8]) -> Edit? {
    let old = file.bytes
    let most = min(old.count, new.count)
    var first = 0
    while first < most, old[first] == new[first] { first += 1 }
    if first == old.count, first == new.count { return nil }
    while first > 0, old[first - 1] != UInt8(ascii: "\n") { first -= 1 }
    var last = 0
    while last < most - first, old[old.count - 1 - last] == new[new.count - 1 - last] { last += 1 }
    // Back to where a line of both starts.
    while last > 0, !startsLine(old, last, first) || !startsLine(new, last, first) { last -= 1 }
    let span = Span(file: file.id, start: UInt32(first), end: UInt32(old.count - last))
    return Edit(span, String(decoding: new[first..<(new.count - last)], as: UTF8.self))
  }

  /// Whether the last `count` bytes are whole lines.
  private static func startsLine(_ bytes: [UInt8], _ count: Int, _ first: Int) -> Bool {
    let start = bytes.count - count
    return start == first || bytes[start - 1] == UInt8(ascii: "\n")
  }
}
