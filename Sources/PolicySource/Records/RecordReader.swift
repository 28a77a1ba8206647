/// Reads what a ``RecordWriter`` wrote; of any other bytes it says what is wrong with them.
///
/// Never reads past the end and never makes room for more than there are bytes.
package struct RecordReader: Sendable {
  private let bytes: [UInt8]
  package private(set) var offset = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var remaining: Int { bytes.count - offset }

  package mutating func unsigned(_ what: StaticString) throws(RecordProblem) -> UInt64 {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte(what)
      let part = UInt64(byte & 0x7F)
      // Ten bytes hold sixty-four bits; of the tenth only one is left.
      guard shift < 63 || (shift == 63 && part <= 1) else { throw .outOfRange(String(what)) }
      number |= part << shift
      if byte & 0x80 == 0 {
        // One number, one spelling.
        guard part != 0 || shift == 0 else { throw .outOfRange(String(what)) }
        return number
      }
      shift += 7
    }
  }

  package mutating func signed(_ what: StaticString) throws(RecordProblem) -> Int64 {
    let number = try unsigned(what)
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  /// A number within limits.
  package mutating func signed(
    _ what: StaticString, in range: ClosedRange<Int64>
  ) throws(RecordProblem) -> Int64 {
    let number = try signed(what)
    guard range.contains(number) else { throw .outOfRange(String(what)) }
    return number
  }

  /// A count of things of at least one byte each.
  package mutating func count(_ what: StaticString) throws(RecordProblem) -> Int {
    let count = try unsigned(what)
    guard count <= UInt64(remaining) else { throw .truncated(String(what)) }
    return Int(count)
  }

  package mutating func flag(_ what: StaticString) throws(RecordProblem) -> Bool {
    switch try byte(what) {
    case 0: return false
    case 1: return true
    default: throw .outOfRange(String(what))
    }
  }

  package mutating func word(_ what: StaticString) throws(RecordProblem) -> UInt64 {
    var word: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      word |= UInt64(try byte(what)) << shift
    }
    return word
  }

  package mutating func text(_ what: StaticString) throws(RecordProblem) -> String {
    let data = try data(what)
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .outOfRange(String(what))
    }
    return text
  }

  package mutating func text(orNil what: StaticString) throws(RecordProblem) -> String? {
    try flag(what) ? text(what) : nil
  }

  package mutating func signed(orNil what: StaticString) throws(RecordProblem) -> Int64? {
    try flag(what) ? signed(what) : nil
  }

  package mutating func data(_ what: StaticString) throws(RecordProblem) -> [UInt8] {
    let count = try count(what)
    let data = Array(bytes[offset..<offset + count])
    offset += count
    return data
  }

  /// Nothing may follow.
  package func end() throws(RecordProblem) {
    guard remaining == 0 else { throw .trailing(bytes: remaining) }
  }

  package mutating func byte(_ what: StaticString) throws(RecordProblem) -> UInt8 {
    guard offset < bytes.count else { throw .truncated(String(what)) }
    defer { offset += 1 }
    return bytes[offset]
  }
}

extension String {
  fileprivate init(_ what: StaticString) { self = what.description }
}
