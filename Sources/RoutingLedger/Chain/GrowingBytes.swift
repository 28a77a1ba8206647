import Crypto

/// Bytes that grow at their end, in memory that is theirs alone.
///
/// A row is written twice, for its hash and for the disk, seventy values each time. An array asks at
/// every one whether it is shared and whether it has room, which came to six times what the bytes
/// themselves took.
@safe
struct GrowingBytes: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(capacity: Int) {
    unsafe memory = .allocate(byteCount: max(capacity, 16), alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  /// A copy of all of them.
  var array: [UInt8] { unsafe withBytes { unsafe Array($0) } }

  /// The bytes where they lie, while `body` runs.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try unsafe body(UnsafeRawBufferPointer(rebasing: memory[..<count]))
  }

  /// SHA-256 of `first` and these bytes.
  func digest(after first: [UInt8]) -> [UInt8] {
    var digest = SHA256()
    unsafe first.withUnsafeBytes { unsafe digest.update(bufferPointer: $0) }
    unsafe withBytes { unsafe digest.update(bufferPointer: $0) }
    // Of a digest itself an array is made byte by byte.
    return unsafe digest.finalize().withUnsafeBytes { unsafe Array($0) }
  }

  mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    unsafe memory[count] = byte
    count += 1
  }

  /// Appends an integer as it lies in memory: say `bigEndian` or `littleEndian` of it.
  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(number: Number) {
    let size = MemoryLayout<Number>.size
    makeRoom(for: size)
    unsafe memory.storeBytes(of: number, toByteOffset: count, as: Number.self)
    count += size
  }

  mutating func append(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
  }

  /// Appends the UTF-8 of a text.
  mutating func append(_ text: String) {
    // Nil only for a text that came from elsewhere and lies in another form.
    let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe append(contentsOf: UnsafeRawBufferPointer($0))
    }
    if isDone == nil { append(Array(text.utf8)) }
  }

  private mutating func append(contentsOf bytes: UnsafeRawBufferPointer) {
    makeRoom(for: bytes.count)
    unsafe UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
    count += bytes.count
  }

  private mutating func makeRoom(for more: Int) {
    if unsafe more > memory.count - count { grow(by: more) }
  }

  @inline(never)
  private mutating func grow(by more: Int) {
    let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
      byteCount: 2 * memory.count + more, alignment: 16)
    unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
    unsafe memory.deallocate()
    unsafe memory = larger
  }
}
