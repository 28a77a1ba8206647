/// The bytes of a text for the time of one scan.
///
/// Reading outside of it gives 0, so no rule can run off an end. It must not outlive the closure it
/// is made for, which is why nothing stores it beyond a scan.
@safe
struct TextBytes {
  /// For C only.
  let buffer: UnsafeBufferPointer<UInt8>
  let count: Int

  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    unsafe self.buffer = buffer
    count = buffer.count
  }

  var indices: Range<Int> { 0..<count }

  @inline(__always)
  subscript(_ offset: Int) -> UInt8 {
    UInt(bitPattern: offset) < UInt(bitPattern: count) ? unsafe buffer[offset] : 0
  }

  /// The bytes of a range within the text.
  subscript(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(rebasing: buffer[range])
  }

  /// Eight bytes, the first one lowest; 0 if they are not all within the text.
  @inline(__always)
  func load8(at offset: Int) -> UInt64 {
    guard offset >= 0, count &- offset >= 8, let base = unsafe buffer.baseAddress else { return 0 }
    return unsafe UInt64(
      littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
  }

  /// Eight bytes that are known to be within the text.
  @inline(__always)
  func load8(unchecked offset: Int) -> UInt64 {
    guard let base = unsafe buffer.baseAddress else { return 0 }
    assert(offset >= 0 && offset &+ 8 <= count)
    return unsafe UInt64(
      littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
  }

  /// Eight bytes, the first one lowest; those past the end are 0.
  ///
  /// The offset is not negative.
  @inline(__always)
  func load8(padded offset: Int) -> UInt64 {
    offset &+ 8 <= count ? load8(unchecked: offset) : rest(from: offset)
  }

  @inline(never)
  private func rest(from offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(self[offset &+ $1]) << UInt64(8 &* $1) }
  }

  /// Four bytes, the first one lowest; those past the end are 0.
  @inline(__always)
  func load4(at offset: Int) -> UInt32 {
    guard offset >= 0, count &- offset >= 4, let base = unsafe buffer.baseAddress else {
      return UInt32(self[offset]) | UInt32(self[offset &+ 1]) << 8 | UInt32(self[offset &+ 2]) << 16
    }
    return unsafe UInt32(
      littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt32.self))
  }

  /// Whether ASCII stands at an offset; `anyCase` wants it given in lower case.
  func stands(_ wanted: StaticString, at offset: Int, anyCase: Bool = false) -> Bool {
    let length = wanted.utf8CodeUnitCount
    guard offset >= 0, offset &+ length <= count else { return false }
    for index in 0..<length {
      let found = self[offset &+ index]
      if (anyCase ? ASCII.folded(found) : found) != wanted.byte(at: index) { return false }
    }
    return true
  }

  /// Whether these bytes stand at an offset.
  func stands(_ wanted: some Collection<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, wanted.count <= count - offset else { return false }
    var next = offset
    for byte in wanted {
      if self[next] != byte { return false }
      next &+= 1
    }
    return true
  }

  /// The place of the next newline, or the end of the text; eight bytes at a time.
  func lineEnd(from start: Int) -> Int {
    var offset = start
    while offset &+ 8 <= count {
      // A byte of zeros borrows from the bit above it; the lowest such byte is a true one.
      let differences = load8(unchecked: offset) ^ 0x0A0A_0A0A_0A0A_0A0A
      let found = (differences &- 0x0101_0101_0101_0101) & ~differences & 0x8080_8080_8080_8080
      if found != 0 { return offset &+ found.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < count, self[offset] != 0x0A { offset &+= 1 }
    return offset
  }

  /// The end of the run of ASCII bytes that begins at an offset.
  func asciiRun(from start: Int) -> Int {
    var offset = start
    while offset &+ 32 <= count {
      let block =
        load8(unchecked: offset) | load8(unchecked: offset &+ 8)
        | load8(unchecked: offset &+ 16) | load8(unchecked: offset &+ 24)
      if block & 0x8080_8080_8080_8080 != 0 { break }
      offset &+= 32
    }
    while offset &+ 8 <= count {
      let block = load8(at: offset) & 0x8080_8080_8080_8080
      if block != 0 { return offset &+ block.trailingZeroBitCount >> 3 }
      offset &+= 8
    }
    while offset < count, self[offset] < 0x80 { offset &+= 1 }
    return offset
  }
}

extension StaticString {
  /// A byte of its UTF-8; 0 past the end.
  func byte(at index: Int) -> UInt8 {
    index < utf8CodeUnitCount ? unsafe utf8Start[index] : 0
  }
}

extension Span<UInt8> {
  /// Lends its bytes for one scan.
  func withTextBytes<Result, Failure>(
    _ body: (TextBytes) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try unsafe withUnsafeBufferPointer { (buffer) throws(Failure) in
      try body(unsafe TextBytes(buffer))
    }
  }
}

extension [UInt8] {
  /// Lends its bytes for one scan.
  func withTextBytes<Result, Failure>(
    _ body: (TextBytes) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try span.withTextBytes(body)
  }
}
