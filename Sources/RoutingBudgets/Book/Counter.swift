/// One counter: what its window has settled, and what is set aside.
struct Counter: Sendable {
  let key: CounterKey
  /// Set aside by requests that are running.
  private(set) var reserved: Int128 = 0
  /// Of a calendar window; the rolling ones keep stretches.
  private var sum: Int64 = 0
  private var rolling: RollingSum?
  /// The largest cap it was granted under.
  private var ceiling: Int64 = 0
  /// What was billed beyond what had been set aside.
  private var excess: Int64 = 0
  private(set) var lastUse: Timestamp

  init(_ key: CounterKey, at now: Timestamp) {
    self.key = key
    lastUse = now
    rolling = key.window.rollingLength.map { RollingSum(window: $0) }
  }

  /// What the window has settled.
  func settled(at now: Timestamp) -> Int64 { rolling?.sum(at: now) ?? sum }

  /// Settled and set aside.
  func used(at now: Timestamp) -> Int64 { Int64(clamping: Int128(settled(at: now)) + reserved) }

  /// Sets `amount` aside if that stays within `cap`.
  mutating func reserve(_ amount: Int64, cap: Int64, at now: Timestamp) -> Bool {
    precondition(amount >= 0, "a claim is never negative")
    guard Int128(settled(at: now)) + reserved + Int128(amount) <= Int128(cap) else { return false }
    reserved += Int128(amount)
    ceiling = max(ceiling, cap)
    lastUse = now
    check(at: now)
    return true
  }

  /// Gives back what ``reserve(_:cap:at:)`` set aside, as if it had never been asked.
  mutating func undo(_ amount: Int64) {
    precondition(reserved >= Int128(amount), "nothing is released twice")
    reserved -= Int128(amount)
  }

  /// Replaces `amount` that was set aside by what was used of it.
  ///
  /// Requests count from when they were admitted, everything else from now.
  mutating func settle(_ amount: Int64, used: Int64, admitted: Timestamp, at now: Timestamp) {
    precondition(used >= 0, "nothing flows back")
    undo(amount)
    if used > amount, key.window != .running { excess = excess.addingClamped(used - amount) }
    count(used, at: key.unit == .requests ? admitted : now, now: now)
    lastUse = now
    check(at: now)
  }

  /// Takes in what was settled before this book was opened.
  mutating func restore(settled amount: Int64, at time: Timestamp, now: Timestamp) {
    precondition(amount >= 0, "a sum of charges is never negative")
    count(amount, at: time, now: now)
    raiseCeiling(at: now)
  }

  /// Takes in what was set aside before this book was opened.
  mutating func restore(reserved amount: Int64, now: Timestamp) {
    precondition(amount >= 0, "a claim is never negative")
    reserved += Int128(amount)
    raiseCeiling(at: now)
  }

  /// Whether it was never settled and holds nothing: then it need never have been.
  var isUntouched: Bool { reserved == 0 && sum == 0 && rolling?.isEmpty != false }

  /// Whether nothing of it is worth keeping.
  func isForgettable(at now: Timestamp) -> Bool {
    reserved == 0 && (settled(at: now) == 0 || key.window.isOver(at: now))
  }

  private mutating func count(_ amount: Int64, at time: Timestamp, now: Timestamp) {
    switch key.window {
    case .running: break
    case .minute, .hour: rolling?.add(amount, at: time, now: now)
    case .day, .week, .month: sum = sum.addingClamped(amount)
    }
  }

  private mutating func raiseCeiling(at now: Timestamp) { ceiling = max(ceiling, used(at: now)) }

  // INVARIANT: settled + reserved <= the cap it was granted under, unless a provider billed more
  // than had been set aside, which is recorded.
  private func check(at now: Timestamp) {
    precondition(reserved >= 0, "nothing is released twice")
    precondition(
      Int128(settled(at: now)) + reserved <= Int128(ceiling) + Int128(excess), "a cap was passed")
  }
}
