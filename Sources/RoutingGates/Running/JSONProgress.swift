/// How far a text has come as one JSON value: bytes in, in any pieces.
///
/// Follows the grammar and nothing else, so a text it finds broken is no JSON whatever follows; one
/// it does not may still be none (keys that stand twice, limits). O(bytes), O(depth) memory.
package struct JSONProgress: Hashable, Sendable {
  private enum Place: Hashable, Sendable {
    case start
    /// A value, or the end of an array that has none.
    case value, valueOrEnd
    case key, keyOrEnd, colon, commaOrEnd
    case string(isKey: Bool), escape(isKey: Bool), hex(left: Int, isKey: Bool)
    case number(Number)
    case word(left: ArraySlice<UInt8>)
    /// The value has ended; white space may follow.
    case done
    case broken
  }

  private enum Number: Hashable, Sendable {
    case minus, zero, whole, point, fraction, exponent, sign, power
  }

  private var place = Place.start
  private var open: [UInt8] = []
  private var isContainer = false

  package init() {}

  /// No text that begins like this is JSON.
  package var isBroken: Bool { place == .broken }

  /// An object or an array has come to its end, and nothing but white space has followed.
  package var isClosed: Bool { place == .done && isContainer }

  /// Inside a string of an object or an array that is still coming.
  package var isInString: Bool {
    guard isContainer else { return false }
    switch place {
    case .string, .escape, .hex: return true
    case .start, .value, .valueOrEnd, .key, .keyOrEnd, .colon, .commaOrEnd, .number, .word, .done,
      .broken:
      return false
    }
  }

  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if isBroken { return }
      take(byte)
    }
  }

  package mutating func take(_ byte: UInt8) {
    switch place {
    case .broken: return
    case .string(let isKey): inString(byte, isKey)
    case .escape(let isKey): escaped(byte, isKey)
    case .hex(let left, let isKey):
      guard Self.isHex(byte) else { return place = .broken }
      place = left > 1 ? .hex(left: left - 1, isKey: isKey) : .string(isKey: isKey)
    case .word(let left):
      guard byte == left.first else { return place = .broken }
      place = left.count == 1 ? ended : .word(left: left.dropFirst())
    case .number(let number): inNumber(byte, number)
    case .start, .value, .valueOrEnd, .key, .keyOrEnd, .colon, .commaOrEnd, .done:
      if !Self.isSpace(byte) { between(byte) }
    }
  }

  // MARK: Parts

  /// Where a value that has just ended leaves off.
  private var ended: Place { open.isEmpty ? .done : .commaOrEnd }

  private mutating func inString(_ byte: UInt8, _ isKey: Bool) {
    switch byte {
    case UInt8(ascii: "\""): place = isKey ? .colon : ended
    case UInt8(ascii: "\\"): place = .escape(isKey: isKey)
    case 0..<0x20: place = .broken
    default: return
    }
  }

  private mutating func escaped(_ byte: UInt8, _ isKey: Bool) {
    switch byte {
    case UInt8(ascii: "u"): place = .hex(left: 4, isKey: isKey)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      place = .string(isKey: isKey)
    default: place = .broken
    }
  }

  private mutating func between(_ byte: UInt8) {
    switch (place, byte) {
    case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")): close()
    case (.start, _), (.value, _), (.valueOrEnd, _): begin(byte)
    case (.key, UInt8(ascii: "\"")), (.keyOrEnd, UInt8(ascii: "\"")): place = .string(isKey: true)
    case (.colon, UInt8(ascii: ":")): place = .value
    case (.commaOrEnd, UInt8(ascii: ",")):
      place = open.last == UInt8(ascii: "{") ? .key : .value
    case (.commaOrEnd, UInt8(ascii: "}")) where open.last == UInt8(ascii: "{"): close()
    case (.commaOrEnd, UInt8(ascii: "]")) where open.last == UInt8(ascii: "["): close()
    default: place = .broken
    }
  }

  private mutating func close() {
    open.removeLast()
    place = ended
  }

  private mutating func begin(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      isContainer = true
      open.append(byte)
      place = byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
    case UInt8(ascii: "\""): place = .string(isKey: false)
    case UInt8(ascii: "-"): place = .number(.minus)
    case UInt8(ascii: "0"): place = .number(.zero)
    case UInt8(ascii: "1")...UInt8(ascii: "9"): place = .number(.whole)
    case UInt8(ascii: "t"): place = .word(left: Self.true)
    case UInt8(ascii: "f"): place = .word(left: Self.false)
    case UInt8(ascii: "n"): place = .word(left: Self.null)
    default: place = .broken
    }
  }

  /// A number ends where something else begins, which is looked at anew.
  private mutating func inNumber(_ byte: UInt8, _ number: Number) {
    let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    switch number {
    case .minus where isDigit:
      place = .number(byte == UInt8(ascii: "0") ? .zero : .whole)
    case .whole where isDigit, .fraction where isDigit, .power where isDigit: return
    case .point where isDigit: place = .number(.fraction)
    case .exponent where isDigit, .sign where isDigit: place = .number(.power)
    case .exponent where byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"):
      place = .number(.sign)
    case .zero where byte == UInt8(ascii: "."), .whole where byte == UInt8(ascii: "."):
      place = .number(.point)
    case .zero, .whole, .fraction:
      if byte | 0x20 == UInt8(ascii: "e") {
        place = .number(.exponent)
      } else {
        endNumber(before: byte)
      }
    case .power: endNumber(before: byte)
    case .minus, .point, .exponent, .sign: place = .broken
    }
  }

  private mutating func endNumber(before byte: UInt8) {
    place = ended
    take(byte)
  }

  private static let `true` = Array("rue".utf8)[...]
  private static let `false` = Array("alse".utf8)[...]
  private static let null = Array("ull".utf8)[...]

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
