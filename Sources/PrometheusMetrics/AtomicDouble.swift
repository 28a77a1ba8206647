import Synchronization

/// A number many tasks add to at once.
struct AtomicDouble: ~Copyable, Sendable {
  private let bits = Atomic<UInt64>(Double.zero.bitPattern)

  var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  func store(_ value: Double) {
    bits.store(value.bitPattern, ordering: .relaxed)
  }

  func add(_ amount: Double) {
    var seen = bits.load(ordering: .relaxed)
    while true {
      let next = (Double(bitPattern: seen) + amount).bitPattern
      let (exchanged, original) = bits.weakCompareExchange(
        expected: seen, desired: next, ordering: .relaxed)
      if exchanged { return }
      seen = original
    }
  }
}
