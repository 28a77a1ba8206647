/// Builds the one byte form of a row that its hash covers.
///
/// Every value has its length or a fixed width, so no two rows have the same bytes: integers are 8
/// bytes big-endian, texts and lists their count in 4 bytes and then themselves, what may be missing
/// is one byte 0, or one byte 1 and itself.
struct CanonicalBytes: ~Copyable {
  private var written = GrowingBytes(capacity: 2048)

  /// A copy of what has been added.
  var bytes: [UInt8] { written.array }

  /// SHA-256 of `first` and what has been added.
  func digest(after first: [UInt8]) -> [UInt8] { written.digest(after: first) }

  mutating func add(_ flag: Bool) { written.append(flag ? 1 : 0) }

  mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }

  mutating func add(_ number: UInt64) { written.append(number: number.bigEndian) }

  mutating func add(count: Int) {
    precondition(count < 1 << 32, "nothing in a row is that long")
    written.append(number: UInt32(count).bigEndian)
  }

  mutating func add(_ text: String) {
    add(count: text.utf8.count)
    written.append(text)
  }

  mutating func add(_ raw: [UInt8]) {
    add(count: raw.count)
    written.append(raw)
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
