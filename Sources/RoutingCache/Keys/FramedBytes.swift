/// Builds bytes of which no two sequences of values have the same: each text and list has its count
/// before it, what may be missing one byte that says so.
struct FramedBytes {
  private(set) var bytes: [UInt8] = []

  init(reserving room: Int = 128) { bytes.reserveCapacity(room) }

  mutating func add(tag: UInt8) { bytes.append(tag) }

  mutating func add(_ number: Int64) {
    let word = UInt64(bitPattern: number)
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }

  mutating func add(count: Int) { add(Int64(count)) }

  mutating func add(_ text: String) {
    add(count: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  mutating func add(_ raw: [UInt8]) {
    add(count: raw.count)
    bytes += raw
  }

  /// As it stands: it always has the same length.
  mutating func add(_ digest: CacheDigest) { digest.append(to: &bytes) }

  mutating func add(_ text: String?) {
    bytes.append(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  mutating func add(_ number: Int64?) {
    bytes.append(number == nil ? 0 : 1)
    if let number { add(number) }
  }

  mutating func add(_ flag: Bool) { bytes.append(flag ? 1 : 0) }
}
