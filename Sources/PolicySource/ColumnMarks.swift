/// Columns at places inside long lines, so that a column is counted from near by.
///
/// A line of a megabyte with ten thousand findings is not walked ten thousand times. Lines that are
/// short have no marks; of a line without two neighbouring ASCII characters only its start is known.
struct ColumnMarks: Sendable {
  /// What lies between the start of a line and a place in it.
  struct Mark: Sendable {
    let offset: Int
    let utf16: Int
    let characters: Int
  }

  /// Bytes between marks.
  static let distance = 4096

  private var marks: [Mark] = []

  /// O(bytes).
  init(_ bytes: [UInt8], lineStarts: [UInt32]) {
    for (index, start) in lineStarts.enumerated() {
      let end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : bytes.count
      if end - Int(start) > 2 * Self.distance { add(bytes, Int(start)..<end) }
    }
  }

  /// The last mark of the line that starts at `start` and before `offset`, else its start itself.
  ///
  /// O(log marks).
  func before(_ offset: Int, lineStart start: Int) -> Mark {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    if low > 0, marks[low - 1].offset > start { return marks[low - 1] }
    return Mark(offset: start, utf16: 0, characters: 0)
  }

  private mutating func add(_ bytes: [UInt8], _ line: Range<Int>) {
    var last = Mark(offset: line.lowerBound, utf16: 0, characters: 0)
    var index = line.lowerBound + Self.distance
    while index < line.upperBound {
      // Between two ASCII characters of a line there always ends one character and starts another.
      guard bytes[index - 1] < 0x80, bytes[index] < 0x80, bytes[index] != 0x0A else {
        index += 1
        continue
      }
      last = Self.counted(bytes, from: last, to: index)
      marks.append(last)
      index += Self.distance
    }
  }

  /// The columns at `offset`, counted from a mark before it.
  static func counted(_ bytes: [UInt8], from mark: Mark, to offset: Int) -> Mark {
    let between = bytes[mark.offset..<offset]
    if between.allSatisfy({ $0 < 0x80 }) {
      return Mark(
        offset: offset, utf16: mark.utf16 + between.count,
        characters: mark.characters + between.count)
    }
    let text = String(decoding: between, as: UTF8.self)
    return Mark(
      offset: offset, utf16: mark.utf16 + text.utf16.count,
      characters: mark.characters + text.count)
  }
}
