/// Where a JSON object or array ends, read strictly.
struct JSONExtent {
  private let bytes: [UInt8]
  private var place: Int
  private let end: Int

  /// The end of the object or array that begins at a place; nil if there is none.
  ///
  /// Linear, and not recursive; nesting beyond `depth` is no JSON here.
  static func end(in bytes: [UInt8], at start: Int, before end: Int) -> Int? {
    guard start < end, bytes[start] == 0x7B || bytes[start] == 0x5B else { return nil }
    var reader = JSONExtent(bytes: bytes, place: start, end: end)
    return reader.container() ? reader.place : nil
  }

  static let depth = 256

  private mutating func container() -> Bool {
    /// Whether each open container is an object.
    var open: [Bool] = []
    var wantsValue = true
    repeat {
      skipWhite()
      guard place < end else { return false }
      let byte = bytes[place]
      if wantsValue {
        switch byte {
        case 0x7B, 0x5B:
          guard open.count < Self.depth else { return false }
          place += 1
          open.append(byte == 0x7B)
          skipWhite()
          if place < end, bytes[place] == (byte == 0x7B ? 0x7D : 0x5D) {
            place += 1
            open.removeLast()
            wantsValue = false
          } else if byte == 0x7B {
            guard key() else { return false }
          }
        case 0x22:
          guard string() else { return false }
          wantsValue = false
        default:
          guard scalar() else { return false }
          wantsValue = false
        }
      } else {
        guard let isObject = open.last else { return false }
        place += 1
        switch byte {
        case 0x2C:
          if isObject {
            skipWhite()
            guard key() else { return false }
          }
          wantsValue = true
        case 0x7D where isObject, 0x5D where !isObject: open.removeLast()
        default: return false
        }
      }
    } while !open.isEmpty
    return true
  }

  private mutating func skipWhite() {
    while place < end, bytes[place].isBlank || bytes[place] == 0x0A || bytes[place] == 0x0D {
      place += 1
    }
  }

  /// A string and the colon behind it.
  private mutating func key() -> Bool {
    guard place < end, bytes[place] == 0x22, string() else { return false }
    skipWhite()
    guard place < end, bytes[place] == 0x3A else { return false }
    place += 1
    return true
  }

  private mutating func string() -> Bool {
    place += 1
    while place < end {
      let byte = bytes[place]
      place += 1
      if byte == 0x22 { return true }
      if byte < 0x20 { return false }
      if byte == 0x5C { place += 1 }
    }
    return false
  }

  /// A number, `true`, `false` or `null`.
  private mutating func scalar() -> Bool {
    let start = place
    while place < end {
      let byte = bytes[place]
      guard byte.isDigit || byte.isLetter || byte == 0x2B || byte == 0x2D || byte == 0x2E else {
        break
      }
      place += 1
    }
    let word = bytes[start..<place]
    if word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8)
      || word.elementsEqual("null".utf8)
    {
      return true
    }
    return Self.isNumber(word)
  }

  private static func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    if rest.first == 0x2D { rest.removeFirst() }
    guard let first = rest.first, first.isDigit else { return false }
    let whole = rest.prefix { $0.isDigit }
    guard whole.count == 1 || first != 0x30 else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == 0x2E {
      let digits = rest.dropFirst().prefix { $0.isDigit }
      guard !digits.isEmpty else { return false }
      rest = rest.dropFirst(1 + digits.count)
    }
    if let mark = rest.first, mark.folded == 0x65 {
      rest = rest.dropFirst()
      if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
      guard !rest.isEmpty, rest.allSatisfy({ $0.isDigit }) else { return false }
      rest = rest.dropFirst(rest.count)
    }
    return rest.isEmpty
  }
}
