import PolicyUnits
import RoutingBudgets

/// Setting money aside and settling it, in memory, on one core.
enum BudgetBench {
  static func run(_ report: inout Report) {
    for (name, owners, limit) in [
      ("4 claims, 100 tenants", 100, 2.0), ("4 claims, 100,000 tenants", 100_000, nil),
    ] {
      let rounds = 100_000
      let reservations = reservations(rounds, owners: owners)
      var book = BudgetBook()
      settle(reservations[...], in: &book)
      let time = Stopwatch.median(runs: 7) { settle(reservations[...], in: &book) }
      report.add(
        "reserve and settle, \(name), 256 at a time", time / Double(rounds) / 1_000, "µs",
        atMost: limit)
    }
    flood(&report)
  }

  /// A million names nobody has heard of, one request each: what it costs, and what is left of it.
  private static func flood(_ report: inout Report) {
    let count = 1_000_000
    var book = BudgetBook()
    var most = 0
    let time = Stopwatch.median(runs: 1) {
      for number in 0..<count {
        let start = Int64(number) * 4
        let claim = Claim(
          key: CounterKey(
            budget: "user_minute", unit: .requests, owner: "user:\(number)", window: .minute),
          cap: 5, amount: 1)
        let reservation = Reservation(
          id: RequestID(high: 1, low: UInt64(number)), claims: [claim],
          time: Timestamp(milliseconds: start), expiry: Timestamp(milliseconds: start + 300_000))
        guard book.reserve(reservation, first: none([claim])) == .granted else { continue }
        _ = book.settle(reservation.id, used: [1], at: Timestamp(milliseconds: start + 2))
        most = max(most, book.counterCount)
      }
    }
    report.add("a new user with each of 1,000,000 requests", time / Double(count) / 1_000, "µs")
    report.add("  counters kept at most, at 250 users a second", Double(most), "")
  }

  /// Reserves each and settles it when 256 are open.
  private static func settle(_ reservations: ArraySlice<Reservation>, in book: inout BudgetBook) {
    var oldest = reservations.startIndex
    for index in reservations.indices {
      let reservation = reservations[index]
      guard book.reserve(reservation, first: none(reservation.claims)) == .granted else {
        preconditionFailure("the bench's caps hold every request")
      }
      if index - oldest >= 255 {
        end(reservations[oldest], in: &book)
        oldest += 1
      }
    }
    for index in oldest..<reservations.endIndex { end(reservations[index], in: &book) }
  }

  private static func end(_ reservation: Reservation, in book: inout BudgetBook) {
    let used: [Int64] = [400, 1, 150, 1]
    let ended = book.settle(reservation.id, used: used, at: reservation.time)
    guard ended != nil else { preconditionFailure("an open reservation settles") }
  }

  private static func none(_ claims: [Claim]) -> Progress {
    Progress(used: [Int64](repeating: 0, count: claims.count), pending: claims.map(\.amount))
  }

  private static func reservations(_ count: Int, owners: Int) -> [Reservation] {
    guard let day = CalendarDate(year: 2026, month: 11, day: 20) else { return [] }
    var random = BenchRandom(seed: 17)
    let start: Int64 = 1_795_168_800_000
    return (0..<count).map { number in
      let tenant = "tenant:customer-\(random.below(owners))"
      let time = Timestamp(milliseconds: start + Int64(number))
      return Reservation(
        id: RequestID(at: time, random: (random.next(), random.next())),
        claims: [
          claim("tenant_daily", .money, tenant, .day(day), 1_000),
          claim("tenant_rate", .requests, tenant, .minute, 1),
          claim("tenant_tokens", .tokens, tenant, .hour, 400),
          claim("house_slots", .atOnce, nil, .running, 1),
        ],
        time: time, expiry: Timestamp(milliseconds: time.milliseconds + 300_000))
    }
  }

  private static func claim(
    _ budget: String, _ unit: BudgetUnit, _ owner: String?, _ window: CounterWindow,
    _ amount: Int64
  ) -> Claim {
    Claim(
      key: CounterKey(budget: budget, unit: unit, owner: owner, window: window),
      cap: 1_000_000_000_000, amount: amount)
  }
}
