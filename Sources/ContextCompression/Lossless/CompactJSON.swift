/// JSON without the white space between its tokens.
enum CompactJSON {
  /// Nil if the range is not one object or array and perhaps a comma; every token stays as it is
  /// written, so that no number loses a digit and no key its place.
  static func written(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8]? {
    var start = range.lowerBound
    while start < range.upperBound, bytes[start].isBlank { start += 1 }
    guard let end = JSONExtent.end(in: bytes, at: start, before: range.upperBound),
      range.upperBound - end <= 1
    else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(range.count)
    output += bytes[range.lowerBound..<start]
    var place = start
    while place < end {
      let byte = bytes[place]
      if byte == 0x22 {
        let first = place
        place += 1
        while place < end, bytes[place] != 0x22 { place += bytes[place] == 0x5C ? 2 : 1 }
        place = min(end, place + 1)
        output += bytes[first..<place]
      } else {
        if !byte.isWhite { output.append(byte) }
        place += 1
      }
    }
    return output + bytes[end..<range.upperBound]
  }
}
