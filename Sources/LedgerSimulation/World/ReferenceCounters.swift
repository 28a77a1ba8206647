import RoutingBudgets

/// The counters once more, as plainly as they can be written: what the book is held against.
///
/// Rolling windows are exact here; the book may count up to a sixtieth of a window longer.
struct ReferenceCounters: Sendable {
  private(set) var now = Timestamp(milliseconds: 0)
  private var open: [RequestID: Reservation] = [:]
  private var reserved: [CounterKey: Int64] = [:]
  private var settled: [CounterKey: [(time: Timestamp, amount: Int64)]] = [:]
  private var sums: [CounterKey: Int64] = [:]
  /// What was billed beyond what was set aside.
  private var excess: [CounterKey: Int64] = [:]

  /// In the order of their names.
  var openNames: [RequestID] { open.keys.sorted() }
  var openCount: Int { open.count }
  var keys: Set<CounterKey> { Set(reserved.keys).union(settled.keys).union(sums.keys) }

  mutating func see(_ time: Timestamp) { now = max(now, time) }

  func isOpen(_ id: RequestID) -> Bool { open[id] != nil }

  /// Opens a reservation that was granted.
  mutating func open(_ reservation: Reservation) {
    see(reservation.time)
    restore(
      Reservation(
        id: reservation.id, claims: reservation.claims, time: now, expiry: reservation.expiry))
  }

  /// Opens a reservation of an earlier process, with the time it was granted at.
  mutating func restore(_ reservation: Reservation) {
    see(reservation.time)
    open[reservation.id] = reservation
    for claim in reservation.claims { reserved[claim.key, default: 0] += claim.amount }
  }

  /// Takes a reservation back as if it had never been.
  mutating func cancel(_ id: RequestID) {
    guard let reservation = open.removeValue(forKey: id) else { return }
    for claim in reservation.claims { reserved[claim.key, default: 0] -= claim.amount }
  }

  mutating func settle(_ id: RequestID, used: [Int64], at time: Timestamp) {
    see(time)
    guard let reservation = open[id] else { return }
    cancel(id)
    for (claim, used) in zip(reservation.claims, used) {
      count(used, of: claim.key, at: claim.key.unit == .requests ? reservation.time : now)
      if used > claim.amount, claim.key.window != .running {
        excess[claim.key, default: 0] += used - claim.amount
      }
    }
  }

  /// Adds a charge that was settled at `time`.
  mutating func count(_ amount: Int64, of key: CounterKey, at time: Timestamp) {
    guard amount > 0, key.window != .running else { return }
    guard key.window.rollingLength != nil else {
      sums[key, default: 0] += amount
      return
    }
    settled[key, default: []].append((time, amount))
  }

  /// What a counter may say it has used: from exactly right to a sixtieth of its window longer.
  mutating func used(_ key: CounterKey) -> ClosedRange<Int64> {
    let open = reserved[key] ?? 0
    guard let length = key.window.rollingLength else {
      let used = open + (sums[key] ?? 0)
      return used...used
    }
    let now = now.milliseconds
    let longest = length + length / 60
    settled[key]?.removeAll { now - $0.time.milliseconds > longest }
    var exact = open
    var most = open
    for charge in settled[key] ?? [] {
      most += charge.amount
      if now - charge.time.milliseconds < length { exact += charge.amount }
    }
    return exact...most
  }

  mutating func exceed(_ key: CounterKey, by amount: Int64) { excess[key, default: 0] += amount }

  func excess(of key: CounterKey) -> Int64 { excess[key] ?? 0 }
}
