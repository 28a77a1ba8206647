/// Where a file's bytes come from, piece by piece; an empty piece is the end.
///
/// The disk stays with the command: this chapter only asks for the next piece.
package typealias BytePieces = () throws(ImportFailure) -> [UInt8]

/// Reads bytes one at a time from pieces, so that a file of any size takes the memory of one piece.
struct ByteReader {
  private let more: BytePieces
  private var piece: [UInt8] = []
  private var position = 0
  private var hasEnded = false

  init(_ more: @escaping BytePieces) { self.more = more }

  /// The next byte without taking it; nil at the end.
  mutating func peek() throws(ImportFailure) -> UInt8? {
    while position == piece.count {
      guard !hasEnded else { return nil }
      piece = try more()
      position = 0
      hasEnded = piece.isEmpty
    }
    return piece[position]
  }

  mutating func next() throws(ImportFailure) -> UInt8? {
    let byte = try peek()
    if byte != nil { position += 1 }
    return byte
  }

  /// Takes bytes for as long as they are none of `stops` and stay within a length in all.
  ///
  /// Whole runs at once: texts are long and their ends few.
  mutating func take(
    into bytes: inout [UInt8], upTo limit: Int, until isStop: (UInt8) -> Bool
  ) throws(ImportFailure) {
    while try peek() != nil, bytes.count < limit {
      let end = min(piece.count, position + limit - bytes.count)
      let stop = piece[position..<end].firstIndex(where: isStop) ?? end
      bytes += piece[position..<stop]
      position = stop
      if stop < end { return }
    }
  }

  /// Skips a byte order mark; refuses bytes that are no text in UTF-8.
  mutating func skipMark() throws(ImportFailure) {
    guard let first = try peek() else { return }
    switch first {
    case 0xEF:
      var mark: [UInt8] = []
      while mark.count < 3, let byte = try next() { mark.append(byte) }
      guard mark == [0xEF, 0xBB, 0xBF] else { throw .notText }
    case 0x1F: throw .compressed
    case 0xFE, 0xFF, 0x00: throw .notText
    default: break
    }
  }
}
