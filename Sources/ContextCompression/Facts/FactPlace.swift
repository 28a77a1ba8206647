/// A text facts are looked for in.
struct FactPlace {
  private let bytes: [UInt8]
  private let folded: [UInt8]

  init(_ text: String) {
    bytes = Array(FactReader.oneBlank(text).utf8)
    folded = bytes.map(\.folded)
  }

  /// Whether a fact stands here byte for byte, as a word of its own.
  func holds(_ fact: TextFact) -> Bool { Self.finds(Array(fact.text.utf8), in: bytes) }

  /// Whether a word stands here in any case of ASCII.
  func holdsAnyCase(_ word: String) -> Bool {
    Self.finds(word.utf8.map(\.folded), in: folded)
  }

  private static func finds(_ wanted: [UInt8], in bytes: [UInt8]) -> Bool {
    guard let first = wanted.first, wanted.count <= bytes.count else { return false }
    var place = 0
    while place <= bytes.count - wanted.count {
      guard let next = bytes[place...].firstIndex(of: first),
        next <= bytes.count - wanted.count
      else { return false }
      if bytes[next..<next + wanted.count].elementsEqual(wanted),
        !goesOn(bytes, inside: next, outside: next - 1, beyond: next - 2),
        !goesOn(
          bytes, inside: next + wanted.count - 1, outside: next + wanted.count,
          beyond: next + wanted.count + 1)
      {
        return true
      }
      place = next + 1
    }
    return false
  }

  /// Whether a word goes on over its edge: `9` stands neither in `19` nor in `9.50`.
  private static func goesOn(
    _ bytes: [UInt8], inside: Int, outside: Int, beyond: Int
  ) -> Bool {
    guard bytes.indices.contains(outside) else { return false }
    func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte >= 0x80 }
    let (last, next) = (bytes[inside], bytes[outside])
    // Marks of other scripts end words: a quote, a dash, a full stop.
    if isWord(last), next >= 0x80 { return isLetter(bytes, around: outside) && last >= 0x80 }
    if isWord(last), isWord(next) { return last < 0x80 }
    guard last.isDigit, next == 0x2E || next == 0x2C || next == 0x3A else { return false }
    return bytes.indices.contains(beyond) && bytes[beyond].isDigit
  }

  private static func isLetter(_ bytes: [UInt8], around place: Int) -> Bool {
    var start = place
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    let scalar = LenientScalar(bytes, at: start, before: bytes.count)
    return !scalar.isMark && !scalar.isUnspaced
  }
}
