/// Finds a complete, valid JSON object with at least one member.
///
/// One is enough, so the first object that closes decides, at whatever depth. When a try breaks,
/// every object open at that point is broken too, and the search goes on behind the last of them.
/// All tries together read at most four times the text, so a hostile one is cheap as well.
struct JSONRule {
  private var resume = 0
  private var spent = 0

  /// The object that closes first among those that begin with the brace at an offset.
  mutating func match(_ text: TextBytes, at start: Int) -> Range<Int>? {
    guard start >= resume, spent <= 4 * text.count else { return nil }
    var reader = JSONReader(at: start)
    let range = reader.readToFirstObject(text)
    spent += reader.offset - start
    resume = reader.lastOpen + 1
    return range
  }
}

/// Reads JSON from a brace until the first object closes or the syntax breaks.
private struct JSONReader {
  private(set) var offset: Int
  /// The last brace that opened an object.
  private(set) var lastOpen: Int
  /// Where each container begins; for arrays the complement.
  private var open: [Int] = []

  init(at start: Int) {
    offset = start
    lastOpen = start
  }

  mutating func readToFirstObject(_ text: TextBytes) -> Range<Int>? {
    while true {
      skipSpace(text)
      // A value is due here.
      switch text[offset] {
      case UInt8(ascii: "{"):
        lastOpen = offset
        open.append(offset)
        offset += 1
        skipSpace(text)
        guard take("}", text) else {
          guard open.count <= 64, readKey(text) else { return nil }
          continue
        }
        open.removeLast()
      case UInt8(ascii: "["):
        open.append(~offset)
        offset += 1
        skipSpace(text)
        guard take("]", text) else {
          guard open.count <= 64 else { return nil }
          continue
        }
        open.removeLast()
      default:
        guard readScalar(text) else { return nil }
      }
      // A value has ended: close what closes, then go on to the next.
      var isNextDue = false
      while !isNextDue {
        skipSpace(text)
        guard let container = open.last else { return nil }
        if container >= 0 {
          if take("}", text) { return container..<offset }
          guard take(",", text) else { return nil }
          skipSpace(text)
          guard readKey(text) else { return nil }
          isNextDue = true
        } else if take("]", text) {
          open.removeLast()
        } else {
          guard take(",", text) else { return nil }
          isNextDue = true
        }
      }
    }
  }

  private mutating func readKey(_ text: TextBytes) -> Bool {
    guard readString(text) else { return false }
    skipSpace(text)
    return take(":", text)
  }

  private mutating func readScalar(_ text: TextBytes) -> Bool {
    for word: StaticString in ["true", "false", "null"]
    where text.stands(word, at: offset) {
      offset += word.utf8CodeUnitCount
      return true
    }
    return text[offset] == UInt8(ascii: "\"") ? readString(text) : readNumber(text)
  }

  private mutating func readString(_ text: TextBytes) -> Bool {
    guard take("\"", text) else { return false }
    while offset < text.count {
      let byte = text[offset]
      offset += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      if byte == UInt8(ascii: "\\") {
        let escape = text[offset]
        guard ASCII.isOne(of: "\"\\/bfnrtu", escape) else { return false }
        offset += 1
        guard escape == UInt8(ascii: "u") else { continue }
        for _ in 0..<4 {
          let digit = text[offset]
          guard ASCII.isDigit(digit) || (digit | 0x20) &- 0x61 < 6 else { return false }
          offset += 1
        }
      }
    }
    return false
  }

  private mutating func readNumber(_ text: TextBytes) -> Bool {
    _ = take("-", text)
    let isZero = text[offset] == UInt8(ascii: "0")
    let whole = takeDigits(text)
    guard whole > 0, !isZero || whole == 1 else { return false }
    if take(".", text), takeDigits(text) == 0 { return false }
    if text[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if !take("+", text) { _ = take("-", text) }
      if takeDigits(text) == 0 { return false }
    }
    return true
  }

  private mutating func takeDigits(_ text: TextBytes) -> Int {
    let start = offset
    while ASCII.isDigit(text[offset]) { offset += 1 }
    return offset - start
  }

  private mutating func take(
    _ mark: Unicode.Scalar, _ text: TextBytes
  ) -> Bool {
    guard UInt32(text[offset]) == mark.value else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace(_ text: TextBytes) {
    while offset < text.count, isSpace(text[offset]) { offset += 1 }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
