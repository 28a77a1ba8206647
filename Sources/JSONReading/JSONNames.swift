import CSimdJSON

/// A closed list of names that keys and strings are looked up in, without making texts of them.
///
/// A name is found in constant time by its length and its first and last byte.
package final class JSONNames: Sendable {
  private let slots: [Slot]
  private let letters: [UInt8]
  private let names: [String]
  private let mask: Int

  private struct Slot: Sendable {
    /// Of `letters`.
    var start = 0
    var length = 0
    /// Negative where there is no name.
    var number = -1
  }

  /// Names are plain ASCII, not empty, and differ from each other.
  package init(_ names: [String]) {
    var size = 16
    while size < names.count * 4 { size *= 2 }
    var slots = Array(repeating: Slot(), count: size)
    var letters: [UInt8] = []
    for (number, name) in names.enumerated() {
      let bytes = Array(name.utf8)
      guard let first = bytes.first, let last = bytes.last else { continue }
      var place = Self.hash(bytes.count, first, last) & (size - 1)
      while slots[place].number >= 0 { place = (place + 1) & (size - 1) }
      slots[place] = Slot(start: letters.count, length: bytes.count, number: number)
      letters += bytes
    }
    self.slots = slots
    self.letters = letters
    self.names = names
    mask = size - 1
  }

  /// The number of the name a string spells, in the order of the list; nil for every other value.
  package subscript(value: JSONValue) -> Int? { number(of: value.index, in: value.text) }

  func number(of index: Int, in text: JSONText) -> Int? {
    let node = text.nodes[index]
    guard node.kind == CSIMDJSON_STRING else { return nil }
    guard !node.isEscaped else {
      return JSONValue(text: text, index: index).string.flatMap(names.firstIndex)
    }
    let start = Int(node.start) + 1
    let length = Int(node.end) - 1 - start
    guard length > 0 else { return nil }
    return unsafe text.bytes.withUnsafeBufferPointer { bytes in
      let written = unsafe UnsafeBufferPointer(rebasing: bytes[start..<(start + length)])
      return unsafe number(of: written)
    }
  }

  private func number(of written: UnsafeBufferPointer<UInt8>) -> Int? {
    let length = written.count
    var place = unsafe Self.hash(length, written[0], written[length - 1]) & mask
    while slots[place].number >= 0 {
      let slot = slots[place]
      if slot.length == length, unsafe isSame(written, slot.start) { return slot.number }
      place = (place + 1) & mask
    }
    return nil
  }

  private func isSame(_ written: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    unsafe letters.withUnsafeBufferPointer { letters in
      for offset in written.indices where unsafe written[offset] != letters[start + offset] {
        return false
      }
      return true
    }
  }

  private static func hash(_ length: Int, _ first: UInt8, _ last: UInt8) -> Int {
    length &* 5 &+ Int(first) &* 3 &+ Int(last) &* 11
  }
}
