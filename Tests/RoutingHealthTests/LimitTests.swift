import PolicyUnits
import RoutingCatalog
import RoutingHealth
import RoutingTestSupport
import Testing

@Suite struct `Limits of a deployment` {
  /// What a call came to.
  private func refusal(_ choice: CallChoice) -> NoCall? {
    switch choice {
    case .none(let none): none
    case .call: nil
    }
  }

  @Test(arguments: [UInt64](1...10))
  func `hold requests in every minute, and give no more than a second away`(seed: UInt64) {
    var random = SplitMix(state: seed)
    let limit = Int64.random(in: 1...50, using: &random)
    let model = CatalogModel.of(requestsPerMinute: limit)
    var book = HealthBook()
    var now: Int64 = 0
    var sent: [Int64] = []
    for _ in 0..<600 {
      now += Int64.random(in: 0...600, using: &random)
      switch book.choose(CallWish(model), at: Milliseconds(now)) {
      case .call(_, let ticket):
        sent.append(now)
        book.ended(
          ticket, .answered(firstByte: nil), tokens: .unknown, of: model, at: Milliseconds(now))
        #expect(sent.count { $0 > now - 60_000 } <= limit, "seed \(seed)")
      case .none(let none):
        #expect(none.reason == .requests)
        #expect(sent.count { $0 > now - 61_000 } >= limit, "seed \(seed): refused with room left")
        guard let wait = none.wait else {
          Issue.record("no wait")
          return
        }
        var later = book
        #expect(refusal(later.choose(CallWish(model), at: Milliseconds(now + wait.count))) == nil)
      }
    }
    #expect(sent.count > 5)
  }

  @Test func `count a call's tokens at its bound until its end, then at what it used`() {
    let model = CatalogModel.of(tokensPerMinute: 1000)
    var book = HealthBook()
    let wish = CallWish(model, tokens: 400)
    var tickets: [CallTicket] = []
    for _ in 0..<2 {
      guard case .call(_, let ticket) = book.choose(wish, at: Milliseconds(0)) else {
        Issue.record("fits")
        return
      }
      tickets.append(ticket)
    }
    #expect(refusal(book.choose(wish, at: Milliseconds(0)))?.reason == .tokens)
    book.ended(
      tickets[0], .answered(firstByte: nil), tokens: .exactly(150), of: model, at: Milliseconds(5))
    #expect(book.snapshot(at: Milliseconds(5)).deployments.first?.tokens == 550)
    #expect(refusal(book.choose(wish, at: Milliseconds(5))) == nil)
    // Nobody knows what it used: it counts at its bound.
    book.ended(
      tickets[1], .failed, tokens: .unknown, of: model, at: Milliseconds(6))
    #expect(book.snapshot(at: Milliseconds(6)).deployments.first?.tokens == 950)
    #expect(book.snapshot(at: Milliseconds(61_000)).deployments.first?.tokens == 0)
  }

  @Test(arguments: [nil, 5000] as [Int64?])
  func `give a call without a bound, or with one beyond the limit, a minute of its own`(
    tokens: Int64?
  ) {
    let model = CatalogModel.of(tokensPerMinute: 1000)
    var book = HealthBook()
    let wish = CallWish(model, tokens: tokens)
    guard case .call(_, let ticket) = book.choose(wish, at: Milliseconds(0)) else {
      Issue.record("an empty minute")
      return
    }
    #expect(
      refusal(book.choose(CallWish(model, tokens: 1), at: Milliseconds(1)))?.reason == .tokens)
    book.ended(
      ticket, .answered(firstByte: nil), tokens: .exactly(10), of: model, at: Milliseconds(2))
    #expect(refusal(book.choose(CallWish(model, tokens: 990), at: Milliseconds(3))) == nil)
  }

  @Test func `take nothing for a call that was never sent`() {
    let model = CatalogModel.of(requestsPerMinute: 1, tokensPerMinute: 10)
    var book = HealthBook()
    for _ in 0..<5 {
      guard
        case .call(_, let ticket) = book.choose(CallWish(model, tokens: 10), at: Milliseconds(0))
      else {
        Issue.record("nothing was sent")
        return
      }
      book.ended(ticket, .notSent, tokens: .exactly(0), of: model, at: Milliseconds(0))
    }
  }

  @Test(arguments: [(2000, 2000), (86_400_000, 300_000), (0, 0), (-5, 0)] as [(Int64, Int64)])
  func `rest for as long as a provider asks, and five minutes at most`(asked: Int64, rests: Int64) {
    let model = CatalogModel.of()
    var book = HealthBook()
    guard case .call(_, let ticket) = book.choose(CallWish(model), at: Milliseconds(0)) else {
      return
    }
    book.ended(
      ticket, .limited(retryAfter: Milliseconds(asked)), tokens: .exactly(0), of: model,
      at: Milliseconds(0))
    if rests > 0 {
      let none = refusal(book.choose(CallWish(model), at: Milliseconds(rests - 1)))
      #expect(none?.reason == .resting && none?.wait == Milliseconds(1))
    }
    #expect(refusal(book.choose(CallWish(model), at: Milliseconds(rests))) == nil)
    #expect(book.isHealthy(model, at: Milliseconds(0)), "a limit is no fault")
  }

  @Test func `spare for a second what is limited without a word, if there is another`() {
    let model = CatalogModel.of(weights: [9, 1])
    var book = HealthBook()
    guard case .call(0, let ticket) = book.choose(CallWish(model), at: Milliseconds(0)) else {
      return
    }
    book.ended(
      ticket, .limited(retryAfter: nil), tokens: .exactly(0), of: model, at: Milliseconds(0))
    let turns = (0..<20).map { _ in book.serve(model, at: 999) }
    #expect(turns.allSatisfy { $0 == 1 })
    #expect((0..<20).contains { _ in book.serve(model, at: 1001) == 0 })
  }
}
