import CSimdJSON

/// A closed list of names that keys and strings are looked up in, without making texts of them.
///
/// A name is found in constant time by its length and its first and last byte.
package struct JSONNames: Sendable {
  private var slots: [Slot]
  private let mask: Int

  private struct Slot: Sendable {
    var bytes: [UInt8]
    var number: Int
  }

  /// Names are plain ASCII and differ from each other.
  package init(_ names: [String]) {
    var size = 16
    while size < names.count * 4 { size *= 2 }
    mask = size - 1
    slots = Array(repeating: Slot(bytes: [], number: -1), count: size)
    for (number, name) in names.enumerated() {
      let bytes = Array(name.utf8)
      guard let first = bytes.first, let last = bytes.last else { continue }
      var place = Self.hash(bytes.count, first, last) & mask
      while slots[place].number >= 0 { place = (place + 1) & mask }
      slots[place] = Slot(bytes: bytes, number: number)
    }
  }

  /// The number of the name a string spells, in the order of the list; nil for every other value.
  package subscript(value: JSONValue) -> Int? {
    let node = value.node
    guard !node.isEscaped else { return escaped(value) }
    let start = Int(node.start) + 1
    let length = Int(node.end) - 1 - start
    let bytes = value.text.bytes
    guard length > 0, bytes[start - 1] == UInt8(ascii: "\"") else { return nil }
    var place = Self.hash(length, bytes[start], bytes[start + length - 1]) & mask
    while slots[place].number >= 0 {
      if slots[place].bytes.count == length,
        Self.same(slots[place].bytes, bytes, from: start)
      {
        return slots[place].number
      }
      place = (place + 1) & mask
    }
    return nil
  }

  private func escaped(_ value: JSONValue) -> Int? {
    guard let text = value.string else { return nil }
    let bytes = Array(text.utf8)
    return slots.first { $0.number >= 0 && $0.bytes == bytes }?.number
  }

  private static func hash(_ length: Int, _ first: UInt8, _ last: UInt8) -> Int {
    length &* 5 &+ Int(first) &* 3 &+ Int(last) &* 11
  }

  private static func same(_ name: [UInt8], _ bytes: [UInt8], from start: Int) -> Bool {
    for (offset, byte) in name.enumerated() where bytes[start + offset] != byte { return false }
    return true
  }
}
