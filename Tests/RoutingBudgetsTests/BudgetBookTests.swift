import PolicyUnits
import RoutingBudgets
import Testing

@Suite struct `A budget book` {
  @Test func `holds a request against its cap, also the first of an unknown owner`() {
    var book = BudgetBook()
    let claim = Claim(key: key("daily", owner: "tenant:new"), cap: 100, amount: 101)
    #expect(book.reserve(reservation(1, [claim])) == .full(claim, used: 0))
    #expect(book.counterCount == 0)
    let fitting = Claim(key: claim.key, cap: 100, amount: 100)
    #expect(book.reserve(reservation(2, [fitting])) == .granted)
    let next = Claim(key: claim.key, cap: 100, amount: 1)
    #expect(book.reserve(reservation(3, [next])) == .full(next, used: 100))
  }

  @Test func `sets all claims aside or none, and names the first full one`() {
    var book = BudgetBook()
    let wide = Claim(key: key("house"), cap: 1000, amount: 60)
    let narrow = Claim(key: key("tenant", owner: "tenant:a"), cap: 100, amount: 60)
    let last = Claim(key: key("user", .requests, owner: "user:u"), cap: 5, amount: 1)
    #expect(book.reserve(reservation(1, [wide, narrow, last])) == .granted)
    #expect(book.reserve(reservation(2, [wide, narrow, last])) == .full(narrow, used: 60))
    #expect(book.used([wide.key, narrow.key, last.key], at: at(0)) == [60, 60, 1])
    #expect(book.openCount == 1)
  }

  @Test func `gives back what was not used`() {
    var book = BudgetBook()
    let claim = Claim(key: key("daily"), cap: 100, amount: 80)
    #expect(book.reserve(reservation(1, [claim])) == .granted)
    let settlement = book.settle(id(1), used: [30], at: at(1))
    #expect(settlement?.used == [30])
    #expect(settlement?.isOverrun == false)
    #expect(book.standing(of: claim.key, at: 1) == [30, 0])
  }

  @Test func `ends a reservation once`() {
    var book = BudgetBook()
    let claim = Claim(key: key("daily"), cap: 100, amount: 80)
    #expect(book.reserve(reservation(1, [claim])) == .granted)
    #expect(book.settle(id(1), used: [30], at: at(1)) != nil)
    #expect(book.settle(id(1), used: [30], at: at(1)) == nil)
    #expect(book.release(id(1), at: at(1)) == nil)
    #expect(book.expire(at: at(1_000)) == [])
    #expect(book.standing(of: claim.key, at: 1) == [30, 0])
  }

  @Test func `records an overrun and goes on`() {
    var book = BudgetBook()
    let claim = Claim(key: key("daily"), cap: 100, amount: 80)
    #expect(book.reserve(reservation(1, [claim])) == .granted)
    #expect(book.settle(id(1), used: [150], at: at(1))?.isOverrun == true)
    #expect(book.standing(of: claim.key, at: 1) == [150, 0])
    let free = Claim(key: claim.key, cap: 100, amount: 0)
    #expect(book.reserve(reservation(2, [free])) == .full(free, used: 150))
    let raised = Claim(key: claim.key, cap: 200, amount: 50)
    #expect(book.reserve(reservation(3, [raised])) == .granted)
    #expect(book.settle(id(3), used: [.max], at: at(1))?.isOverrun == true)
    #expect(book.used([claim.key], at: at(1)) == [.max])
  }

  @Test func `counts a lost reservation at what may have been billed`() {
    var book = BudgetBook()
    let claim = Claim(key: key("daily"), cap: 100, amount: 80)
    #expect(book.reserve(reservation(1, [claim], lasting: 60)) == .granted)
    #expect(book.note(Progress(used: [10], pending: [20]), of: id(1)) == .noted)
    #expect(book.nextExpiry == at(60))
    #expect(book.expire(at: at(59.999)) == [])
    let lost = book.expire(at: at(60))
    #expect(lost.map(\.used) == [[30]])
    #expect(lost.map(\.reservation.id) == [id(1)])
    #expect(book.standing(of: claim.key, at: 60) == [30, 0])
    #expect(book.nextExpiry == nil)
    #expect(book.note(Progress(used: [10], pending: [20]), of: id(1)) == .unknown)
  }

  @Test func `lets no call leave that could pass its claims`() {
    var book = BudgetBook()
    let claim = Claim(key: key("daily"), cap: 100, amount: 50)
    let first = Progress(used: [0], pending: [20])
    #expect(book.reserve(reservation(1, [claim]), first: first) == .granted)
    #expect(book.note(Progress(used: [20], pending: [31]), of: id(1)) == .beyond(claim))
    #expect(book.reservation(of: id(1))?.progress == first)
    #expect(book.note(Progress(used: [20], pending: [30]), of: id(1)) == .noted)
    // A provider that billed too much ends the spending, not the process.
    #expect(book.note(Progress(used: [70], pending: [0]), of: id(1)) == .noted)
    #expect(book.note(Progress(used: [70], pending: [1]), of: id(1)) == .beyond(claim))
  }

  @Test func `counts what is running, and nothing after`() {
    var book = BudgetBook()
    let claim = Claim(key: key("slots", .atOnce, .running), cap: 2, amount: 1)
    for number in 1...2 { #expect(book.reserve(reservation(number, [claim])) == .granted) }
    #expect(book.reserve(reservation(3, [claim])) == .full(claim, used: 2))
    #expect(book.settle(id(1), used: [1], at: at(1))?.charges.isEmpty == true)
    #expect(book.used([claim.key], at: at(1)) == [1])
    #expect(book.reserve(reservation(4, [claim], at: 1)) == .granted)
  }

  @Test func `does not let a clock that goes back reopen a window`() throws {
    var book = BudgetBook()
    let claim = Claim(key: key("fast", .requests, .minute), cap: 1, amount: 1)
    #expect(book.reserve(reservation(1, [claim], at: 1_000)) == .granted)
    #expect(book.settle(id(1), used: [1], at: at(900)) != nil)
    #expect(book.now == at(1_000))
    #expect(book.reserve(reservation(2, [claim], at: 100)) == .full(claim, used: 1))
    #expect(book.reserve(reservation(3, [claim], at: 1_062)) == .granted)
    #expect(book.reservation(of: id(3))?.reservation.time == at(1_062))
  }

  @Test func `comes back with what was settled and what was open`() throws {
    var book = BudgetBook()
    let day = CounterWindow.day(try date(1970, 1, 1))
    let claim = Claim(key: key("daily", .money, day), cap: 100, amount: 40)
    book.restore(settled: 50, of: claim.key, at: at(10))
    book.restore(
      reservation(1, [claim], at: 20, lasting: 30), progress: Progress(used: [5], pending: [10]))
    #expect(book.standing(of: claim.key, at: 20) == [50, 40])
    let next = Claim(key: claim.key, cap: 100, amount: 11)
    #expect(book.reserve(reservation(2, [next], at: 20)) == .full(next, used: 90))
    #expect(book.expire(at: at(50)).map(\.used) == [[15]])
    #expect(book.standing(of: claim.key, at: 50) == [65, 0])
  }

  @Test func `tells names apart byte for byte`() {
    var book = BudgetBook()
    for (number, owner) in ["user:\u{E9}", "user:e\u{301}"].enumerated() {
      let claim = Claim(key: key("each", owner: owner), cap: 100, amount: 100)
      #expect(book.reserve(reservation(number, [claim])) == .granted)
    }
  }
}
