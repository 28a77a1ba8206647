import Synchronization

/// A value worked out when it is first asked for, and kept.
///
/// Two who ask at the same time may both work it out; they get the same.
final class Once<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)

  func value(_ make: () -> Value) -> Value {
    if let value = known.withLock({ $0 }) { return value }
    let made = make()
    return known.withLock { value in
      if let value { return value }
      value = made
      return made
    }
  }

  /// The same, but nil and nothing kept if nobody waits for it any more when it is made.
  func value(unless isCancelled: () -> Bool, _ make: () -> Value) -> Value? {
    if let value = known.withLock({ $0 }) { return value }
    guard !isCancelled() else { return nil }
    let made = make()
    guard !isCancelled() else { return nil }
    return value { made }
  }
}
