package import PolicySource

/// The fix-its of some findings that can be applied in one go.
///
/// Of a finding's fix-its one is taken at most, with all of its edits or none. Where two
/// overlap, that of the earlier finding wins; the other is left for the next round, when its place is
/// known again.
package struct FixPlan: Sendable {
  /// In the order of the findings.
  package private(set) var applied: [AppliedFix] = []
  private var edits: [SourceID: [Edit]] = [:]

  /// - Parameters:
  ///   - findings: in order: the first of two that overlap wins.
  ///   - sources: the texts the findings are about.
  ///   - files: those that may be changed; a fix-it that reaches into another is left out.
  ///   - includingUnsafe: whether fix-its that may change a decision are wanted too.
  /// - Complexity: O(e log e) for e edits, unless many of them are inserted into the middle.
  package init(
    _ findings: some Sequence<Diagnostic>, in sources: SourceMap, files: Set<SourceID>,
    includingUnsafe: Bool
  ) {
    for finding in findings {
      guard let fixIt = Self.wanted(of: finding, includingUnsafe),
        take(fixIt, in: sources, files: files)
      else { continue }
      applied.append(AppliedFix(finding: finding, fixIt: fixIt))
    }
  }

  /// The first safe one; an unsafe one only if it is the only one, for of several each means something
  /// else and nobody but the author can choose.
  private static func wanted(of finding: Diagnostic, _ includingUnsafe: Bool) -> FixIt? {
    if let safe = finding.fixIts.first(where: \.isSafe) { return safe }
    return includingUnsafe && finding.fixIts.count == 1 ? finding.fixIts[0] : nil
  }

  package var isEmpty: Bool { applied.isEmpty }

  /// The files that change, in the order they are listed.
  package var files: [SourceID] { edits.filter { !$0.value.isEmpty }.keys.sorted() }

  /// The bytes of a file after every edit.
  package func bytes(of file: SourceFile) -> [UInt8] {
    var text: [UInt8] = []
    var next = 0
    for edit in edits[file.id] ?? [] {
      text += file.bytes[next..<Int(edit.span.start)]
      text += edit.replacement.utf8
      next = Int(edit.span.end)
    }
    return text + file.bytes[next...]
  }

  private mutating func take(
    _ fixIt: FixIt, in sources: SourceMap, files: Set<SourceID>
  ) -> Bool {
    var changesText = false
    for (index, edit) in fixIt.edits.enumerated() {
      let span = edit.span
      guard files.contains(span.file), let file = sources[span.file],
        Int(span.end) <= file.bytes.count,
        Self.insert(edit, into: &edits[span.file, default: []])
      else {
        leave(fixIt.edits.prefix(index))
        return false
      }
      let old = file.bytes[Int(span.start)..<Int(span.end)]
      if !old.elementsEqual(edit.replacement.utf8) { changesText = true }
    }
    if !changesText { leave(fixIt.edits[...]) }
    return changesText
  }

  /// Takes edits back; no two of the plan have one span.
  private mutating func leave(_ taken: ArraySlice<Edit>) {
    for edit in taken { edits[edit.span.file]?.removeAll { $0.span == edit.span } }
  }

  /// Keeps the list sorted; false if the edit overlaps one of it.
  private static func insert(_ edit: Edit, into list: inout [Edit]) -> Bool {
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if list[middle].span < edit.span { low = middle + 1 } else { high = middle }
    }
    if low > 0, overlaps(list[low - 1].span, edit.span) { return false }
    if low < list.count, overlaps(edit.span, list[low].span) { return false }
    list.insert(edit, at: low)
    return true
  }

  /// Whether two edits touch the same bytes, or start at one place, where their order would be a guess.
  private static func overlaps(_ first: Span, _ second: Span) -> Bool {
    first.start == second.start || first.end > second.start
  }
}

/// A fix-it that was applied, and the finding it cures.
package struct AppliedFix: Hashable, Sendable {
  package let finding: Diagnostic
  package let fixIt: FixIt
}
