import RoutingBudgets

/// Counters by exact key, until the budgets' own book takes its place.
struct BudgetBook: Sendable {
  private var settled: [CounterKey: Int64] = [:]
  private var open: [RequestID: Reservation] = [:]

  func used(_ keys: [CounterKey], at time: Timestamp) -> [Int64] {
    keys.map { key in
      open.values.reduce(settled[key] ?? 0) { sum, reservation in
        sum + reservation.claims.filter { $0.key == key }.reduce(0) { $0 + $1.amount }
      }
    }
  }

  mutating func reserve(_ reservation: Reservation) -> Admission {
    for claim in reservation.claims {
      let used = used([claim.key], at: reservation.time)[0]
      if claim.amount > claim.cap - used { return .full(claim, used: used) }
    }
    open[reservation.id] = reservation
    return .granted
  }

  mutating func release(_ id: RequestID) { open[id] = nil }

  mutating func settle(_ id: RequestID, used: [Int64], at time: Timestamp) {
    guard let reservation = open.removeValue(forKey: id) else { return }
    for (claim, amount) in zip(reservation.claims, used) where claim.key.window != .running {
      settled[claim.key, default: 0] += amount
    }
  }

  mutating func restore(
    _ sums: [(key: CounterKey, amount: Int64, time: Timestamp)], at time: Timestamp
  ) {
    for sum in sums { settled[sum.key, default: 0] += sum.amount }
  }

  mutating func restore(_ reservation: Reservation) { open[reservation.id] = reservation }
}
