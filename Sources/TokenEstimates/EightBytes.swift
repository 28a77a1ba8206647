/// Eight bytes of ASCII side by side, the first one lowest.
///
/// What it says of them are masks: the highest bit of each byte that is of a kind, and no other bit.
struct EightBytes {
  private let bytes: UInt64

  /// The eight bytes of a text that begin at an offset, all of them within it.
  @inline(__always)
  init(of text: Span<UInt8>, at offset: Int) {
    precondition(offset >= 0 && offset &+ 8 <= text.count)
    bytes = unsafe UInt64(
      littleEndian: text.bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  static let highBits: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  static func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  @inline(__always)
  var isASCII: Bool { bytes & Self.highBits == 0 }

  /// Those of a range of ASCII.
  @inline(__always)
  func mask(of range: ClosedRange<UInt8>) -> UInt64 {
    // Sums stay below 0x100, so no byte carries into the next; bit 7 tells the comparison.
    (bytes &+ Self.each(0x80 &- range.lowerBound)) & ~(bytes &+ Self.each(0x7F &- range.upperBound))
      & Self.highBits
  }
}
