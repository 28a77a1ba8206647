/// Builds the one byte form of a row that its hash covers.
///
/// Every value has its length or a fixed width, so no two rows have the same bytes: integers are 8
/// bytes big-endian, texts and lists their count in 4 bytes and then themselves, what may be missing
/// is one byte 0, or one byte 1 and itself.
struct CanonicalBytes {
  private(set) var bytes: [UInt8] = []

  init() { bytes.reserveCapacity(512) }

  mutating func add(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

  mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }

  mutating func add(_ number: UInt64) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }

  mutating func add(count: Int) {
    precondition(count < 1 << 32, "nothing in a row is that long")
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: count >> shift))
    }
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func add(_ raw: [UInt8]) {
    add(count: raw.count)
    bytes += raw
  }

  mutating func add(_ text: String?) { add(optional: text) { $0.add($1) } }

  mutating func add(_ number: Int64?) { add(optional: number) { $0.add($1) } }

  mutating func add<Value>(
    optional value: Value?, _ adding: (inout CanonicalBytes, Value) -> Void
  ) {
    guard let value else { return add(false) }
    add(true)
    adding(&self, value)
  }

  mutating func add<Value>(
    list values: [Value], _ adding: (inout CanonicalBytes, Value) -> Void
  ) {
    add(count: values.count)
    for value in values { adding(&self, value) }
  }
}
