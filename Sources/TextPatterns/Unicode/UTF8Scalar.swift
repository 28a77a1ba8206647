/// One decoded scalar and the bytes it took; bytes that are no UTF-8 read as U+FFFD, one at a time.
struct UTF8Scalar {
  let value: UInt32
  let count: Int

  init(value: UInt32, count: Int) {
    self.value = value
    self.count = count
  }

  /// The scalar that begins at an offset within the text.
  @inline(__always)
  init(_ text: TextBytes, at offset: Int) {
    let first = UInt32(text[offset])
    if first < 0x80 {
      self.init(value: first, count: 1)
      return
    }
    let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0, offset + length <= text.count else {
      self.init(value: 0xFFFD, count: 1)
      return
    }
    var value = first & (0x7F >> UInt32(length))
    for next in 1..<length {
      let byte = UInt32(text[offset + next])
      guard byte & 0xC0 == 0x80 else {
        self.init(value: 0xFFFD, count: 1)
        return
      }
      value = value << 6 | byte & 0x3F
    }
    let isShortest = length == 2 || length == 3 && value >= 0x800 || value >= 0x10000
    let isScalar = value < 0xD800 || value > 0xDFFF && value < 0x110000
    self.init(
      value: isShortest && isScalar ? value : 0xFFFD,
      count: isShortest && isScalar ? length : 1)
  }

  /// The scalar that ends before an offset greater than 0.
  static func before(_ offset: Int, in text: TextBytes) -> UTF8Scalar {
    var start = offset - 1
    while start > 0, offset - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    let scalar = UTF8Scalar(text, at: start)
    return start + scalar.count == offset ? scalar : UTF8Scalar(value: 0xFFFD, count: 1)
  }
}
