/// Results of operations, each in the one place its operands lead to; a later one takes it over.
struct OperationCache {
  private var keys: [UInt64]
  private var results: [UInt32]
  private var kept = 0
  private static let most = 1 << 20

  init() {
    keys = Array(repeating: 0, count: 1 << 10)
    results = Array(repeating: 0, count: 1 << 10)
  }

  @inline(__always)
  func result(of operation: DiagramStore.Operation, _ a: UInt32, _ b: UInt32) -> UInt32? {
    let key = Self.key(operation, a, b)
    let place = place(of: key)
    return keys[place] == key ? results[place] : nil
  }

  @inline(__always)
  mutating func keep(
    _ result: UInt32, of operation: DiagramStore.Operation, _ a: UInt32, _ b: UInt32
  ) {
    kept += 1
    if kept > keys.count, keys.count < Self.most { grow() }
    let key = Self.key(operation, a, b)
    let place = place(of: key)
    keys[place] = key
    results[place] = result
  }

  /// Unique while diagrams stay below 2³¹, which their limit sees to.
  private static func key(
    _ operation: DiagramStore.Operation, _ a: UInt32, _ b: UInt32
  ) -> UInt64 {
    operation.rawValue << 62 | UInt64(a) << 31 | UInt64(b)
  }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
  }

  private mutating func grow() {
    let (oldKeys, oldResults) = (keys, results)
    keys = Array(repeating: 0, count: keys.count * 4)
    results = Array(repeating: 0, count: keys.count)
    for (index, key) in oldKeys.enumerated() where key != 0 {
      let place = place(of: key)
      keys[place] = key
      results[place] = oldResults[index]
    }
  }
}
