/// A text as keywords see it: canonically decomposed, case folded, white space as plain spaces.
///
/// Two texts that differ only in case or in how their accents are spelled fold to the same bytes,
/// except that ASCII letters keep their case, which the matcher folds as it reads. Folding is
/// Unicode's full one (`ß` becomes `ss`, final sigma is a sigma) with one deliberate change: the
/// four Turkish letters I, i, İ and ı all fold to `i`, because no single-language rule can promise
/// "any case" to Turkish and to everyone else at once. Compatibility forms (`ﬁ` aside, which case
/// folding spells out) stay apart: full-width `Ａ` is not `A`.
///
/// O(bytes), for runs of n combining marks out of order O(n log n).
struct FoldedText: Sendable {
  private(set) var bytes: [UInt8] = []
  /// For each folded byte the offset of the scalar it came from; kept only when asked for.
  private(set) var origins: [Int] = []
  private let keepsOrigins: Bool
  /// The marks since the last starter, to be put in canonical order.
  private var marks: [Mark] = []

  private struct Mark {
    let scalar: UInt32
    let combiningClass: UInt8
    /// Keeps marks of one class in the order they were written.
    let order: Int
    let origin: Int
  }

  init(keepingOrigins: Bool = false) { keepsOrigins = keepingOrigins }

  init(_ text: String) {
    self.init()
    var text = text
    text.withUTF8 { fold(unsafe TextBytes($0)) }
  }

  /// Replaces what it holds by the folding of a text; its storage is used again.
  mutating func fold(_ text: TextBytes) {
    bytes.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
    let table = UnicodeTable.shared
    var offset = 0
    while offset < text.count {
      let run = text.asciiRun(from: offset)
      if run > offset {
        flushMarks()
        unsafe bytes.append(contentsOf: text[offset..<run])
        if keepsOrigins { origins.append(contentsOf: offset..<run) }
        offset = run
      } else {
        let decoded = UTF8Scalar(text, at: offset)
        append(decoded.value, from: offset, table)
        offset += decoded.count
      }
    }
    flushMarks()
  }

  private mutating func append(_ scalar: UInt32, from origin: Int, _ table: UnicodeTable) {
    if scalar &- 0xAC00 < 11_172 {
      appendHangul(scalar - 0xAC00, from: origin)
      return
    }
    let entry = table[scalar]
    if entry.mapping != 0 {
      for part in table.mapping(entry.mapping) {
        place(part, table[part].combiningClass, origin)
      }
    } else {
      place(entry.isSpace ? 0x20 : scalar, entry.combiningClass, origin)
    }
  }

  /// A Hangul syllable is made of two or three letters by arithmetic.
  private mutating func appendHangul(_ index: UInt32, from origin: Int) {
    place(0x1100 + index / 588, 0, origin)
    place(0x1161 + index % 588 / 28, 0, origin)
    if index % 28 != 0 { place(0x11A7 + index % 28, 0, origin) }
  }

  private mutating func place(_ scalar: UInt32, _ combiningClass: UInt8, _ origin: Int) {
    if combiningClass == 0 {
      flushMarks()
      write(scalar, origin)
    } else {
      marks.append(
        Mark(
          scalar: scalar, combiningClass: combiningClass, order: marks.count, origin: origin))
    }
  }

  /// Writes the marks of one character in canonical order.
  private mutating func flushMarks() {
    guard !marks.isEmpty else { return }
    if marks.count > 1 { sortMarks() }
    let onLetterI = bytes.last.map { $0 | 0x20 == 0x69 } ?? false
    for index in marks.indices {
      let mark = marks[index]
      switch mark.scalar {
      case 0x307 where onLetterI: continue
      // The iota below folds to a letter, but only after the marks found their order.
      case 0x345: write(0x3B9, mark.origin)
      default: write(mark.scalar, mark.origin)
      }
    }
    marks.removeAll(keepingCapacity: true)
  }

  private mutating func sortMarks() {
    let isOrdered = zip(marks, marks.dropFirst()).allSatisfy {
      $0.combiningClass <= $1.combiningClass
    }
    if isOrdered { return }
    marks.sort { ($0.combiningClass, $0.order) < ($1.combiningClass, $1.order) }
  }

  private mutating func write(_ scalar: UInt32, _ origin: Int) {
    let before = bytes.count
    switch scalar {
    case 0..<0x80:
      bytes.append(UInt8(truncatingIfNeeded: scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    default:
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
    }
    if keepsOrigins {
      origins.append(contentsOf: repeatElement(origin, count: bytes.count - before))
    }
  }
}
