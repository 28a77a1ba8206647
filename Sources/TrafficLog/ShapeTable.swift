/// Numbers for all of a line that a decision reads beside moment, tokens and texts.
struct ShapeTable {
  private var slots: [Int32] = Array(repeating: -1, count: 1024)
  private var keys: [ShapeKey] = []

  /// O(1).
  func number(of key: ShapeKey) -> Int? {
    let number = slots[slot(of: key)]
    return number < 0 ? nil : Int(number)
  }

  /// Gives the next free number to a key that has none.
  mutating func add(_ key: ShapeKey) {
    slots[slot(of: key)] = Int32(keys.count)
    keys.append(key)
    guard keys.count * 2 > slots.count else { return }
    slots = Array(repeating: -1, count: slots.count * 2)
    for (number, key) in keys.enumerated() { slots[slot(of: key)] = Int32(number) }
  }

  /// Where a key's number stands or would.
  private func slot(of key: ShapeKey) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key.mixed) & mask
    while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & mask }
    return slot
  }
}

/// All of a line that a decision reads beside moment, tokens and texts.
struct ShapeKey: Equatable {
  var model: Int32
  var identities: LoggedIdentities
  var facts: Int32
  /// -1 for none.
  var maxTokens: Int64
  /// Answers that are asked for.
  var choices: Int64
  var streams: Bool

  /// Spread over all bits; two that differ may share it.
  fileprivate var mixed: UInt64 {
    var mixed: UInt64 = streams ? 1 : 0
    func add(_ part: UInt64, to mixed: UInt64) -> UInt64 {
      let (high, low) = (mixed ^ part).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
      return high ^ low
    }
    func pair(_ one: Int32, _ two: Int32) -> UInt64 {
      UInt64(UInt32(bitPattern: one)) << 32 | UInt64(UInt32(bitPattern: two))
    }
    mixed = add(pair(model, facts), to: mixed)
    mixed = add(pair(identities.tenant, identities.key), to: mixed)
    mixed = add(pair(identities.user, identities.conversation), to: mixed)
    return add(UInt64(bitPattern: maxTokens) ^ UInt64(bitPattern: choices) << 48, to: mixed)
  }
}
