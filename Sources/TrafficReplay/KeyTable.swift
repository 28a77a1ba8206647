/// Values under 64-bit keys, beside each other in one run of memory.
///
/// For keys of which every row of a log has one: no hash is made of them, their bits are only stirred
/// once, and nothing is counted by reference. Memory: at most four times key and value.
struct KeyTable<Value: BitwiseCopyable & Sendable>: Sendable {
  private struct Slot {
    /// 0 where nothing is kept.
    var key: UInt64
    var value: Value
  }

  private var slots: [Slot] = []
  /// What is kept under 0, which stands for an empty slot.
  private var zero: Value?
  private var used = 0
  /// What of a product is left are as many bits as number the slots.
  private var shift: UInt64 = 64

  /// How many keys have a value.
  var count: Int { used + (zero == nil ? 0 : 1) }

  /// O(1).
  subscript(key: UInt64) -> Value? {
    guard key != 0 else { return zero }
    guard !slots.isEmpty else { return nil }
    let slot = slots[place(of: key)]
    return slot.key == 0 ? nil : slot.value
  }

  /// Keeps a value; where there is no room for it, first drops those that are of no use any more.
  mutating func set(
    _ value: Value, for key: UInt64, keeping isOfUse: (Value) -> Bool = { _ in true }
  ) {
    guard key != 0 else {
      zero = value
      return
    }
    if used * 4 >= slots.count * 3 { makeRoom(value, isOfUse) }
    let place = place(of: key)
    if slots[place].key == 0 { used += 1 }
    slots[place] = Slot(key: key, value: value)
  }

  /// Where a key is kept or would be.
  private func place(of key: UInt64) -> Int {
    let mask = slots.count - 1
    // The uppermost bits of the product hang on all bits of the key.
    var place = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> shift)
    while slots[place].key != 0, slots[place].key != key { place = (place + 1) & mask }
    return place
  }

  private mutating func makeRoom(_ anyValue: Value, _ isOfUse: (Value) -> Bool) {
    let kept = slots.filter { $0.key != 0 && isOfUse($0.value) }
    var size = 64
    while size < kept.count * 2 { size *= 2 }
    slots = Array(repeating: Slot(key: 0, value: anyValue), count: size)
    shift = UInt64(64 - size.trailingZeroBitCount)
    used = kept.count
    for slot in kept { slots[place(of: slot.key)] = slot }
  }
}
