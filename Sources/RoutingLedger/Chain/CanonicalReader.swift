/// Reads what ``CanonicalBytes`` wrote; nil from anything else.
struct CanonicalReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func number() -> Int64? {
    var value: UInt64 = 0
    guard let piece = take(8) else { return nil }
    for byte in piece { value = value << 8 | UInt64(byte) }
    return Int64(bitPattern: value)
  }

  mutating func count() -> Int? {
    var value = 0
    guard let piece = take(4) else { return nil }
    for byte in piece { value = value << 8 | Int(byte) }
    return value
  }

  mutating func flag() -> Bool? {
    switch take(1)?.first {
    case 0: false
    case 1: true
    case _: nil
    }
  }

  mutating func text() -> String? {
    guard let count = count(), let piece = take(count) else { return nil }
    return String(validating: piece, as: UTF8.self)
  }

  mutating func bytes(_ count: Int) -> [UInt8]? { take(count).map { Array($0) } }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - place else { return nil }
    defer { place += count }
    return bytes[place..<place + count]
  }
}
