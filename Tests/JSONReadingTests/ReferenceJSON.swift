/// A slow reader of JSON that is obviously right: says whether a text is accepted, nothing more.
struct ReferenceJSON {
  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  static func accepts(_ bytes: [UInt8]) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    var reader = ReferenceJSON(bytes: bytes)
    reader.space()
    guard reader.value() else { return false }
    reader.space()
    return reader.at == bytes.count
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[at...].starts(with: text.utf8) else { return false }
    at += text.utf8.count
    return true
  }

  private mutating func space() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 }
  }

  private mutating func value() -> Bool {
    switch next {
    case UInt8(ascii: "{"): object()
    case UInt8(ascii: "["): array()
    case UInt8(ascii: "\""): string() != nil
    default: take("true") || take("false") || take("null") || number()
    }
  }

  private mutating func array() -> Bool {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 64, take("[") else { return false }
    space()
    if take("]") { return true }
    while true {
      space()
      guard value() else { return false }
      space()
      if take("]") { return true }
      guard take(",") else { return false }
    }
  }

  private mutating func object() -> Bool {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 64, take("{") else { return false }
    var keys: Set<[UInt16]> = []
    space()
    if take("}") { return true }
    while true {
      space()
      guard let key = string(), keys.insert(key).inserted else { return false }
      space()
      guard take(":") else { return false }
      space()
      guard value() else { return false }
      space()
      if take("}") { return true }
      guard take(",") else { return false }
    }
  }

  /// The UTF-16 units of a string.
  private mutating func string() -> [UInt16]? {
    guard take("\"") else { return nil }
    var units: [UInt16] = []
    var plain: [UInt8] = []
    func flushed() -> [UInt16] { units + Array(String(decoding: plain, as: UTF8.self).utf16) }
    while let byte = next {
      at += 1
      if byte == UInt8(ascii: "\"") {
        let all = flushed()
        return String(validating: all, as: UTF16.self) == nil ? nil : all
      }
      if byte < 0x20 { return nil }
      guard byte == UInt8(ascii: "\\") else {
        plain.append(byte)
        continue
      }
      guard let unit = escape() else { return nil }
      units = flushed() + [unit]
      plain = []
    }
    return nil
  }

  private mutating func escape() -> UInt16? {
    let simple: [UInt8: UInt16] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9,
    ]
    guard let byte = next else { return nil }
    at += 1
    guard byte == UInt8(ascii: "u") else { return simple[byte] }
    let digits = bytes[at...].prefix(4)
    at += digits.count
    guard digits.count == 4, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
      return nil
    }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0") { guard digits() else { return false } }
    if take(".") { guard digits() else { return false } }
    if take("e") || take("E") {
      _ = take("+") || take("-")
      guard digits() else { return false }
    }
    return true
  }

  private mutating func digits() -> Bool {
    let start = at
    while let byte = next, (0x30...0x39).contains(byte) { at += 1 }
    return at > start
  }
}
