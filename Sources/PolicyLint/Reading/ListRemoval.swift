import PolicyDiagnostics
import PolicySource

/// Takes members out of a written list so that what is left still reads.
struct ListRemoval {
  private let spans: [Span]
  private let removed: Set<Int>
  /// The first of the members at the end of the list that all go.
  private let tail: Int

  /// - Parameters:
  ///   - spans: of the members, in written order.
  ///   - removed: those that go, together; never all of them.
  init(_ spans: [Span], removing removed: Set<Int>) {
    self.spans = spans
    self.removed = removed
    var tail = spans.count
    while tail > 0, removed.contains(tail - 1) { tail -= 1 }
    self.tail = tail
  }

  /// What removes one of them with a comma; the edits of all of them do not overlap.
  ///
  /// Nil where a comment stands in between.
  func edit(_ index: Int, in sources: SourceMap) -> Edit? {
    guard removed.contains(index), spans.indices.contains(index), tail > 0 else { return nil }
    let span: Span
    if index >= tail {
      span = Span(
        file: spans[index].file, start: spans[index - 1].end, end: spans[index].end)
    } else {
      span = Span(
        file: spans[index].file, start: spans[index].start, end: spans[index + 1].start)
    }
    let comma = Span(
      file: span.file, start: index >= tail ? span.start : spans[index].end,
      end: index >= tail ? spans[index].start : span.end)
    return sources.text(of: comma).contains("#") ? nil : Edit(span, "")
  }
}
