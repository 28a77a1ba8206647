/// The file a span points into: an index into a ``SourceMap``.
package struct SourceID: Hashable, Comparable, Sendable {
  package let index: UInt16

  package init(_ index: UInt16) { self.index = index }

  package static func < (a: SourceID, b: SourceID) -> Bool { a.index < b.index }
}

/// A half-open range of bytes in one source file.
///
/// ```
/// tier qwen3-8b accept answered
///      ^start   ^end
/// ```
/// Offsets are UTF-8 bytes from the start of the file. Lines and columns exist only at the edge,
/// through ``SourceFile/location(of:)``.
package struct Span: Hashable, Sendable {
  package let file: SourceID
  package let start: UInt32
  package let end: UInt32

  package init(file: SourceID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }

  package var count: Int { Int(end - start) }

  /// The smallest span that covers both.
  ///
  /// Spans of different files do not merge: the first wins.
  package func union(_ other: Span) -> Span {
    guard file == other.file else { return self }
    return Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  package func contains(_ other: Span) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}

extension Span: Comparable {
  package static func < (a: Span, b: Span) -> Bool {
    (a.file, a.start, a.end) < (b.file, b.start, b.end)
  }
}
