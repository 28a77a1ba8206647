/// A place for people: 1-based line, and the same column in the three units readers need.
package struct Location: Hashable, Sendable {
  /// 1-based.
  package let line: Int
  /// 1-based, in UTF-8 bytes: what compilers and `grep` count.
  package let utf8Column: Int
  /// 1-based, in UTF-16 units: what editors count.
  package let utf16Column: Int
  /// 1-based, in characters: what a reader counts.
  ///
  /// A tab, an emoji and a letter are one each.
  package let column: Int
}

/// One file of a policy: its path as it was given, its bytes, and where its lines start.
package struct SourceFile: Sendable {
  package let id: SourceID
  package let path: String
  package let bytes: [UInt8]
  /// The offset of the first byte of each line.
  ///
  /// A line ends with LF, CR LF or a lone CR.
  package let lineStarts: [UInt32]
  private let columnMarks: ColumnMarks

  package init(id: SourceID, path: String, bytes: [UInt8]) {
    self.id = id
    self.path = path
    self.bytes = bytes
    self.lineStarts = Self.findLineStarts(bytes)
    self.columnMarks = ColumnMarks(bytes, lineStarts: lineStarts)
  }

  package init(id: SourceID = SourceID(0), path: String, text: String) {
    self.init(id: id, path: path, bytes: Array(text.utf8))
  }

  /// The whole file as a span.
  package var span: Span { Span(file: id, start: 0, end: UInt32(bytes.count)) }

  package var lineCount: Int { lineStarts.count }

  /// The text of a span; bytes that are no UTF-8 show as U+FFFD.
  package func text(of span: Span) -> String {
    let start = min(Int(span.start), bytes.count)
    let end = min(Int(span.end), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The bytes of a 1-based line without its line ending.
  package func lineRange(_ line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    let start = Int(lineStarts[line - 1])
    var end = line < lineStarts.count ? Int(lineStarts[line]) : bytes.count
    if end > start, bytes[end - 1] == 0x0A { end -= 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  package func lineText(_ line: Int) -> String {
    String(decoding: bytes[lineRange(line)], as: UTF8.self)
  }

  /// Line and columns of a byte offset.
  ///
  /// O(log lines), and a bounded part of the line unless it has no two ASCII characters in a row.
  package func location(of offset: UInt32) -> Location {
    let offset = min(offset, UInt32(bytes.count))
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = Int(lineStarts[low])
    let mark = columnMarks.before(Int(offset), lineStart: start)
    let columns = ColumnMarks.counted(bytes, from: mark, to: Int(offset))
    return Location(
      line: low + 1,
      utf8Column: Int(offset) - start + 1,
      utf16Column: columns.utf16 + 1,
      column: columns.characters + 1)
  }

  private static func findLineStarts(_ bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0D {
        if index < bytes.count, bytes[index] == 0x0A { index += 1 }
        starts.append(UInt32(index))
      } else if byte == 0x0A {
        starts.append(UInt32(index))
      }
    }
    return starts
  }
}

/// Every file of one policy, the policy itself first, then its imports and its catalog.
package struct SourceMap: Sendable {
  package private(set) var files: [SourceFile]

  package init(files: [SourceFile] = []) { self.files = files }

  /// Adds a file under the next free id.
  package mutating func add(path: String, bytes: [UInt8]) -> SourceFile {
    let file = SourceFile(id: SourceID(UInt16(files.count)), path: path, bytes: bytes)
    files.append(file)
    return file
  }

  /// The file a span points into, or nil for a span of another map.
  package subscript(id: SourceID) -> SourceFile? {
    Int(id.index) < files.count ? files[Int(id.index)] : nil
  }

  package func text(of span: Span) -> String { self[span.file]?.text(of: span) ?? "" }

  package func location(of span: Span) -> Location? { self[span.file]?.location(of: span.start) }
}
