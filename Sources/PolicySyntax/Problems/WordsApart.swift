import PolicyDiagnostics
import PolicySource

/// Keeps words apart that only a mark stood between: `timeout=30s` without its mark is `timeout 30s`.
struct WordsApart {
  let source: SourceFile

  func keep(in diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.fixIts.contains(where: { $0.edits.contains(where: joins) }) else {
      return diagnostic
    }
    var diagnostic = diagnostic
    diagnostic.fixIts = diagnostic.fixIts.map { fixIt in
      FixIt(fixIt.message, edits: fixIt.edits.map(apart), isSafe: fixIt.isSafe)
    }
    return diagnostic
  }

  private func joins(_ edit: Edit) -> Bool { apart(edit) != edit }

  private func apart(_ edit: Edit) -> Edit {
    let (start, end) = (Int(edit.span.start), Int(edit.span.end))
    guard edit.span.file == source.id, start < end, end <= source.bytes.count,
      !source.bytes[start..<end].contains(where: Self.isOfWord)
    else { return edit }
    let before = start > 0 && Self.isOfWord(source.bytes[start - 1])
    let behind = end < source.bytes.count && Self.isOfWord(source.bytes[end])
    let words = edit.replacement.utf8
    guard let first = words.first, let last = words.last else {
      return before && behind ? Edit(edit.span, " ") : edit
    }
    let front = before && Self.isOfWord(first) ? " " : ""
    let back = behind && Self.isOfWord(last) ? " " : ""
    return Edit(edit.span, front + edit.replacement + back)
  }

  /// A byte of a word, a number, an amount or a text.
  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "\""),
      UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }
}
