import PolicySource

/// A file's text, known to be UTF-8 that YAML allows, with a way from code points to bytes.
///
/// libyaml counts places in code points; everything here counts bytes. The index holds the byte
/// offset of every 32nd code point, so a look-up walks 31 at most.
struct YAMLText: Sendable {
  let file: SourceFile
  /// Without the byte-order mark.
  let content: ArraySlice<UInt8>
  /// Byte offsets of code points 0, 32, 64, …; empty if the text is ASCII, where they are the same.
  private let checkpoints: [UInt32]

  private static let stride = 32
  /// libyaml compares each `%TAG` line with all before it, so only a few may come near it.
  private static let mostTagDirectives = 64

  /// Refuses what is too long, no UTF-8, or holds a character YAML does not allow.
  init(_ file: SourceFile, limits: YAMLLimits) throws(TextProblem) {
    let bytes = file.bytes
    guard bytes.count <= limits.bytes else {
      throw .tooLarge(limit: limits.bytes, size: bytes.count)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw .utf16 }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var checkpoints: [UInt32] = []
    var count = 0
    var index = start
    var tagDirectives = 0
    while index < bytes.count {
      if count % Self.stride == 0 { checkpoints.append(UInt32(index)) }
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), Self.startsTagDirective(bytes, at: index, textStart: start) {
        tagDirectives += 1
        guard tagDirectives <= Self.mostTagDirectives else { throw .directives(offset: index) }
      }
      index += try Self.length(of: bytes, at: index)
      count += 1
    }
    self.file = file
    self.content = bytes[start...]
    self.checkpoints = count == bytes.count - start && start == 0 ? [] : checkpoints
  }

  /// The byte offset in the file of a code point of the content; the end if there are fewer.
  func byteOffset(ofCodePoint codePoint: Int) -> Int {
    let codePoint = max(0, codePoint)
    guard !checkpoints.isEmpty else { return min(codePoint, file.bytes.count) }
    let slot = codePoint / Self.stride
    guard slot < checkpoints.count else { return file.bytes.count }
    var offset = Int(checkpoints[slot])
    var left = codePoint % Self.stride
    while left > 0, offset < file.bytes.count {
      offset += 1
      while offset < file.bytes.count, file.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return offset
  }

  /// The span of a range of code points.
  func span(_ codePoints: Range<Int>) -> Span {
    let start = byteOffset(ofCodePoint: codePoints.lowerBound)
    let end =
      codePoints.isEmpty ? start : max(start, byteOffset(ofCodePoint: codePoints.upperBound))
    return Span(file: file.id, start: UInt32(start), end: UInt32(end))
  }

  private static func startsTagDirective(_ bytes: [UInt8], at index: Int, textStart: Int) -> Bool {
    guard bytes[index...].starts(with: "%TAG".utf8) else { return false }
    return index == textStart || bytes[index - 1] == 0x0A || bytes[index - 1] == 0x0D
      || bytes[index - 1] >= 0x80  // NEL and the line separators end a line for libyaml too
  }
}

extension YAMLText {
  /// The length of the code point at `index`, if it is well formed and YAML allows it.
  private static func length(of bytes: [UInt8], at index: Int) throws(TextProblem) -> Int {
    let first = bytes[index]
    if first < 0x80 {
      guard first >= 0x20 && first != 0x7F || first == 0x09 || first == 0x0A || first == 0x0D
      else { throw .control(UInt32(first), offset: index, length: 1) }
      return 1
    }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, index + length <= bytes.count else {
      throw .badUTF8(offset: index)
    }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for next in bytes[(index + 1)..<(index + length)] {
      guard next & 0xC0 == 0x80 else { throw .badUTF8(offset: index) }
      value = value << 6 | UInt32(next & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= least, Unicode.Scalar(value) != nil else { throw .badUTF8(offset: index) }
    let isControl = value < 0xA0 && value != 0x85 || value == 0xFFFE || value == 0xFFFF
    if isControl { throw .control(value, offset: index, length: length) }
    return length
  }
}

/// Why a file is refused before it is parsed; offsets are bytes of the file.
enum TextProblem: Error {
  case tooLarge(limit: Int, size: Int)
  case utf16
  case badUTF8(offset: Int)
  case control(UInt32, offset: Int, length: Int)
  case directives(offset: Int)
}
