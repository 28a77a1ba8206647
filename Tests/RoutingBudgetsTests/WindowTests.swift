import PolicyUnits
import RoutingBudgets
import Testing

@Suite struct `Windows of a book` {
  /// Noon of 20 November 2026, UTC, in seconds.
  static let noon = 1_795_176_000.0

  @Test(arguments: [(CounterWindow.minute, 60.0), (.hour, 3600.0)])
  func `roll, and never too soon`(window: CounterWindow, length: Double) {
    var book = BudgetBook()
    let claim = Claim(key: key("rolling", .tokens, window), cap: 10, amount: 10)
    #expect(book.reserve(reservation(1, [claim], at: Self.noon)) == .granted)
    #expect(book.settle(id(1), used: [10], at: at(Self.noon + 5)) != nil)
    let last = Self.noon + 5 + length - 0.001
    #expect(book.reserve(reservation(2, [claim], at: last)) == .full(claim, used: 10))
    // A sixtieth of the window at most is counted too long.
    #expect(
      book.reserve(reservation(3, [claim], at: last + 0.001 + length / 60)) == .granted)
  }

  @Test func `count requests from their admission, money from its settlement`() {
    var book = BudgetBook()
    let request = Claim(key: key("rate", .requests, .minute), cap: 1, amount: 1)
    let money = Claim(key: key("spend", .money, .minute), cap: 1, amount: 1)
    #expect(book.reserve(reservation(1, [request, money], at: Self.noon)) == .granted)
    // What is open counts, however long it takes.
    #expect(book.used([request.key, money.key], at: at(Self.noon + 90)) == [1, 1])
    #expect(book.settle(id(1), used: [1, 1], at: at(Self.noon + 90)) != nil)
    #expect(book.used([request.key, money.key], at: at(Self.noon + 90)) == [0, 1])
    #expect(book.used([request.key, money.key], at: at(Self.noon + 152)) == [0, 0])
  }

  @Test func `belong to the day a request was admitted on`() throws {
    var book = BudgetBook()
    let today = Claim(key: key("daily", .money, .day(try date(2026, 11, 20))), cap: 5, amount: 5)
    let next = Claim(key: key("daily", .money, .day(try date(2026, 11, 21))), cap: 5, amount: 5)
    #expect(book.reserve(reservation(1, [today], at: Self.noon + 43_190)) == .granted)
    #expect(book.reserve(reservation(2, [next], at: Self.noon + 43_210)) == .granted)
    #expect(book.settle(id(1), used: [4], at: at(Self.noon + 43_220)) != nil)
    #expect(book.used([today.key, next.key], at: at(Self.noon + 43_220)) == [4, 5])
  }

  @Test func `that are over are refused, since they may have been forgotten`() throws {
    var book = BudgetBook()
    let past = Claim(key: key("daily", .money, .day(try date(2026, 11, 18))), cap: 5, amount: 1)
    #expect(book.reserve(reservation(1, [past], at: Self.noon)) == .full(past, used: 5))
    let lastDays: [(CounterWindow, Double)] = [
      (.day(try date(2026, 11, 19)), 20_776), (.week(try date(2026, 11, 16)), 20_779),
      // A month is taken to have 31 days.
      (.month(try date(2026, 11, 1)), 20_788),
    ]
    for (window, lastDay) in lastDays {
      // A day ends last twelve hours behind UTC; then an hour for clocks.
      let end = (lastDay + 1) * 86_400 + 13 * 3_600
      #expect(!window.isOver(at: at(end - 0.001)))
      #expect(window.isOver(at: at(end)))
    }
  }

  @Test func `leave nothing behind of a flood of unknown callers`() throws {
    var book = BudgetBook()
    let held = Claim(key: key("held", .tokens, .hour), cap: 9, amount: 7)
    for number in 0..<20_000 {
      if number == 9_000 {
        let last = reservation(-1, [held], at: Self.noon + 90, lasting: 5_000)
        #expect(book.reserve(last) == .granted)
      }
      let claims = [
        Claim(key: key("rate", .requests, owner: "user:\(number)", .minute), cap: 5, amount: 1),
        Claim(key: key("slots", .atOnce, owner: "user:\(number)", .running), cap: 1, amount: 1),
      ]
      let time = Self.noon + Double(number) / 100
      #expect(book.reserve(reservation(number, claims, at: time)) == .granted)
      #expect(book.settle(id(number), used: [1, 1], at: at(time)) != nil)
    }
    // A hundred a second, each remembered for a minute or two.
    #expect(book.counterCount < 30_000)
    let house = [Claim(key: key("house", .requests, .minute), cap: 1_000_000, amount: 1)]
    for number in 0..<20_000 {
      #expect(book.reserve(reservation(number, house, at: Self.noon + 1_000)) == .granted)
      #expect(book.release(id(number), at: at(Self.noon + 1_000)) != nil)
    }
    #expect(book.counterCount == 2)
    // What was open while the gaps were closed is still counted where it was.
    #expect(book.settle(id(-1), used: [3], at: at(Self.noon + 1_000)) != nil)
    #expect(book.standing(of: held.key, at: Self.noon + 1_000) == [3, 0])
  }

  @Test func `keep no counter of a request that was refused`() {
    var book = BudgetBook()
    let full = Claim(key: key("house", .requests, .hour), cap: 0, amount: 1)
    for number in 0..<100 {
      let user = Claim(
        key: key("rate", .requests, owner: "user:\(number)", .minute), cap: 5, amount: 1)
      #expect(book.reserve(reservation(number, [user, full])) == .full(full, used: 0))
    }
    #expect(book.counterCount == 0)
  }
}
