import Synchronization

/// Metrics by what they are counted under, so that counting needs one look-up and no label is
/// written twice.
final class MeterCache<Key: Hashable & Sendable, Meters: Sendable>: Sendable {
  private let known = Mutex<[Key: Meters]>([:])
  private let make: @Sendable (Key) -> Meters

  /// Past this it begins anew; the metrics themselves are bounded where they are kept.
  private static var most: Int { 4_096 }

  init(_ make: @escaping @Sendable (Key) -> Meters) {
    self.make = make
  }

  func callAsFunction(_ key: Key) -> Meters {
    if let meters = known.withLock({ $0[key] }) { return meters }
    let meters = make(key)
    known.withLock { known in
      if known.count >= Self.most { known = [:] }
      known[key] = meters
    }
    return meters
  }
}
