/// What the word rules know of a code point, from tables of one fixed Unicode version.
///
/// The tables are ours so that every machine decides alike, whatever its libraries.
struct UnicodeTable: Sendable {
  static let shared = UnicodeTable()

  /// Of a code point: its flags, its combining class, and the index of its mapping (0: itself).
  struct Entry: Sendable {
    let bits: UInt32

    /// A letter, mark, digit or connector such as the underscore.
    var isWord: Bool { bits & 1 != 0 }
    /// A mark that belongs to the character before it.
    var isMark: Bool { bits & 2 != 0 }
    /// Of a script written without spaces between words.
    var isSpaceless: Bool { bits & 4 != 0 }
    var isSpace: Bool { bits & 8 != 0 }
    /// A word character that needs a boundary: scripts without spaces have none.
    var isBoundWord: Bool { isWord && !isSpaceless }
    var combiningClass: UInt8 { UInt8(truncatingIfNeeded: bits >> 8) }
    var mapping: Int { Int(bits >> 16) }
  }

  /// The block of each 256 code points, and the entries of the blocks.
  private let blocks: [UInt16]
  private let entries: [UInt32]
  /// The mapping `i` is `scalars[starts[i]..<starts[i + 1]]`.
  private let starts: [UInt32]
  private let scalars: [UInt32]

  private init() {
    var pages = UnicodePages()
    Self.readRanges(into: &pages)
    (starts, scalars) = Self.readMappings(into: &pages)
    (blocks, entries) = (pages.blocks, pages.entries)
  }

  subscript(_ scalar: UInt32) -> Entry {
    guard scalar < 0x110000 else { return Entry(bits: 0) }
    let block = Int(blocks[Int(scalar >> 8)])
    return Entry(bits: entries[block << 8 | Int(scalar & 0xFF)])
  }

  /// The scalars a mapped code point becomes.
  func mapping(_ index: Int) -> ArraySlice<UInt32> {
    scalars[Int(starts[index])..<Int(starts[index + 1])]
  }

  private static func readRanges(into pages: inout UnicodePages) {
    var packed = PackedNumbers(packedUnicodeRanges)
    var scalar = 0
    while let count = packed.next(), let flags = packed.next(), let combining = packed.next() {
      let bits = UInt32(flags) | UInt32(combining) << 8
      if bits != 0 { pages.fill(scalar..<scalar + count, with: bits) }
      scalar += count
    }
  }

  private static func readMappings(into pages: inout UnicodePages) -> ([UInt32], [UInt32]) {
    var packed = PackedNumbers(packedUnicodeMappings)
    var starts: [UInt32] = [0, 0]
    var scalars: [UInt32] = []
    var key = 0
    while let step = packed.next(), let count = packed.next() {
      key += step
      var near = key
      for _ in 0..<count {
        near += packed.nextSigned()
        scalars.append(UInt32(near))
      }
      pages.add(UInt32(starts.count - 1) << 16, at: key)
      starts.append(UInt32(scalars.count))
    }
    return (starts, scalars)
  }
}

/// The table while it is built: blocks of 256 entries, those of one value shared.
private struct UnicodePages {
  private(set) var blocks = [UInt16](repeating: 0, count: 0x1100)
  private(set) var entries = [UInt32](repeating: 0, count: 256)
  /// The shared block of each value that fills whole blocks; every other block has one owner.
  private var shared: [UInt32: UInt16] = [0: 0]

  mutating func fill(_ range: Range<Int>, with bits: UInt32) {
    var scalar = range.lowerBound
    while scalar < range.upperBound {
      let end = min(range.upperBound, (scalar | 0xFF) + 1)
      if end - scalar == 256 {
        blocks[scalar >> 8] = sharedBlock(of: bits)
      } else {
        let base = ownBlock(of: scalar)
        for index in scalar..<end { entries[base | (index & 0xFF)] = bits }
      }
      scalar = end
    }
  }

  mutating func add(_ bits: UInt32, at scalar: Int) {
    entries[ownBlock(of: scalar) | (scalar & 0xFF)] |= bits
  }

  private mutating func sharedBlock(of bits: UInt32) -> UInt16 {
    if let block = shared[bits] { return block }
    let block = UInt16(entries.count >> 8)
    entries.append(contentsOf: repeatElement(bits, count: 256))
    shared[bits] = block
    return block
  }

  /// Where the entries of the scalar's block begin, after making sure that no other shares it.
  private mutating func ownBlock(of scalar: Int) -> Int {
    let block = blocks[scalar >> 8]
    let start = Int(block) << 8
    guard shared[entries[start]] == block else { return start }
    blocks[scalar >> 8] = UInt16(entries.count >> 8)
    entries.append(contentsOf: repeatElement(entries[start], count: 256))
    return entries.count - 256
  }
}

/// Reads the numbers of a generated table: five bits a letter, the lowest first.
private struct PackedNumbers {
  private let text: StaticString
  private var offset = 0

  init(_ text: StaticString) { self.text = text }

  mutating func next() -> Int? {
    guard offset < text.utf8CodeUnitCount else { return nil }
    var number = 0
    var shift = 0
    while offset < text.utf8CodeUnitCount {
      let digit = Self.value(of: text.byte(at: offset))
      offset += 1
      number |= (digit & 31) << shift
      shift += 5
      if digit & 32 == 0 { break }
    }
    return number
  }

  mutating func nextSigned() -> Int {
    let number = next() ?? 0
    return number & 1 == 0 ? number >> 1 : -(number >> 1)
  }

  private static func value(of letter: UInt8) -> Int {
    switch letter {
    case 0x41...0x5A: Int(letter) - 0x41
    case 0x61...0x7A: Int(letter) - 0x61 + 26
    case 0x30...0x39: Int(letter) - 0x30 + 52
    case 0x2B: 62
    default: 63
    }
  }
}
