import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import Testing

@Suite struct `A full budget` {
  static func full(
    _ key: CounterKey, cap: Int64, used: Int64, needing amount: Int64
  ) throws -> FullBudget {
    FullBudget(
      Claim(key: key, cap: cap, amount: amount), used: used,
      at: LocalMoment(date: try date(2026, 12, 2), weekday: .wednesday, hour: 21))
  }

  @Test func `says what it is, what is left and when it frees`() throws {
    let daily = try Self.full(
      key("daily", owner: "tenant:acme", .day(try date(2026, 12, 2))), cap: 100_000_000_000,
      used: 99_600_000_000, needing: 2_000_000_000)
    #expect(
      daily.message(currency: "USD")
        == "budget `daily` of $100.00 a day for tenant `acme` has $0.40 left, this request may "
        + "need $2.00; resets in 3h or less")
    #expect(daily.retryAfter == Int64(10_800))
    #expect(daily.left == 400_000_000)
  }

  @Test func `resets when its window does`() throws {
    let week = key("weekly", .tokens, .week(try date(2026, 11, 30)))
    let month = key("monthly", .tokens, .month(try date(2026, 12, 1)))
    #expect(
      try Self.full(week, cap: 9, used: 9, needing: 1).retryAfter == (3 + 4 * 24) * 3600)
    #expect(
      try Self.full(month, cap: 9, used: 9, needing: 1).retryAfter == (3 + 29 * 24) * 3600)
    #expect(
      try Self.full(month, cap: 9000, used: 9, needing: 8999).message(currency: "USD")
        == "limit `monthly` of 9,000 tokens a month has 8,991 tokens left, this request may need "
        + "8,999 tokens; resets in 30d or less")
    let minute = try Self.full(key("fast", .requests, .minute), cap: 1, used: 1, needing: 1)
    #expect(minute.retryAfter == 60)
    let slots = try Self.full(key("slots", .atOnce, .running), cap: 2, used: 2, needing: 1)
    #expect(slots.retryAfter == 1)
    #expect(
      slots.message(currency: "USD")
        == "limit `slots` of 2 requests at once has 0 requests left, this request may need "
        + "1 request; frees when a running request ends")
  }

  @Test func `never frees for what is larger than all of it`() throws {
    let full = try Self.full(key("small", .money, .hour), cap: 5, used: 9, needing: 6)
    #expect(full.retryAfter == nil)
    #expect(full.left == 0)
    #expect(full.message(currency: "USD").hasSuffix("more than the whole of it"))
  }

  @Test func `says no figure that nobody knows`() throws {
    let day = key("daily", owner: "tenant:acme", .day(try date(2026, 12, 2)))
    func words(_ used: Int64) throws -> String {
      FullBudget(
        day, cap: 100_000_000_000, needed: nil, used: used,
        at: LocalMoment(date: try date(2026, 12, 2), weekday: .wednesday, hour: 21)
      ).message(currency: "USD")
    }
    let name = "budget `daily` of $100.00 a day for tenant `acme` has "
    #expect(try words(100_000_000_000) == name + "$0.00 left; resets in 3h or less")
    #expect(
      try words(99_600_000_000)
        == name + "$0.40 left, too little for this request; resets in 3h or less")
    // A new window would not hold it either.
    #expect(
      try words(0) == name + "$100.00 left, too little for this request, though it is all there is")
  }

  @Test func `shows an owner on one line, whatever it is called`() throws {
    let owner = "tenant:a\u{1B}[31m\r\nb`\u{202E}é\u{2028}" + String(repeating: "x", count: 200)
    let minute = try Self.full(
      key("fast", .requests, owner: owner, .minute), cap: 1, used: 1, needing: 1)
    #expect(
      minute.message(currency: "USD").contains(
        " for tenant `a·[31m··b··é·\(String(repeating: "x", count: 67))…` has "),
      "\(minute.message(currency: "USD"))")
  }
}
