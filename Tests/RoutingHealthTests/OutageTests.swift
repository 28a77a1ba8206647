import PolicyUnits
import RoutingCatalog
import RoutingHealth
import RoutingTestSupport
import Testing

/// Upstreams that come and go, on a clock of the test's own: one seed replays a run.
@Suite struct `Upstreams that come and go` {
  /// Calls under way with the instant they end.
  private struct Flight {
    let index: Int
    let ticket: CallTicket
    let ends: Int64
    let answers: Bool
  }

  /// What was seen of one deployment.
  private struct Seen {
    var failedInARow = 0
    var probes: [Int64] = []
    var first: Int64?
  }

  @Test(arguments: [UInt64](1...30))
  func `are left alone within five failures and found again within ten seconds`(seed: UInt64) {
    var random = SplitMix(state: seed)
    let model = CatalogModel.of(weights: [3, 1])
    var book = HealthBook()
    var flights: [Flight] = []
    // The first deployment is down for stretches; how a call ends is decided when it arrives.
    var isDown = false
    var turns: Int64 = 0
    var recovered: Int64?
    var isServed = true
    var sinceOpen = 0
    for now in stride(from: Int64(0), to: 600_000, by: 50) {
      if now >= turns {
        isDown.toggle()
        turns = now + Int64.random(in: isDown ? 15_000...60_000 : 30_000...90_000, using: &random)
        (recovered, isServed) = isDown ? (nil, true) : (now, false)
      }
      for flight in flights where flight.ends <= now {
        let end: CallEnd =
          flight.answers ? .answered(firstByte: Milliseconds(40)) : .failed
        book.ended(flight.ticket, end, tokens: .unknown, of: model, at: Milliseconds(now))
        if flight.answers, flight.index == 0, !isDown { isServed = true }
      }
      flights.removeAll { $0.ends <= now }
      if let since = recovered, !isServed {
        #expect(now - since <= 10_000, "seed \(seed): back within ten seconds")
        if now - since > 10_000 { return }
      }
      let state = book.snapshot(at: Milliseconds(now)).deployments.first?.state ?? .closed
      guard case .call(let index, let ticket) = book.choose(CallWish(model), at: Milliseconds(now))
      else {
        Issue.record("seed \(seed): the second deployment is always there")
        return
      }
      sinceOpen = state == .closed ? 0 : sinceOpen + (index == 0 ? 1 : 0)
      let answers = index == 1 || !isDown
      flights.append(
        Flight(
          index: index, ticket: ticket,
          ends: now + Int64.random(in: 10...(answers ? 400 : 3000), using: &random),
          answers: answers))
    }
    let first = book.snapshot(at: Milliseconds(600_000)).deployments.first
    #expect((first?.counts.opened ?? 0) > 2, "seed \(seed): it did go down")
    #expect((first?.counts.closed ?? 0) > 2, "seed \(seed): and came back")
  }

  @Test func `get at most one probe in each pause of the catalog`() {
    let cooldown = Cooldown(failures: 3, pause: Milliseconds(60_000))
    let model = CatalogModel.of(cooldown: cooldown)
    var book = HealthBook()
    var calls: [Int64] = []
    for now in stride(from: Int64(0), to: 600_000, by: 100) {
      guard case .call(_, let ticket) = book.choose(CallWish(model), at: Milliseconds(now)) else {
        #expect(!book.isHealthy(model, at: Milliseconds(now)))
        continue
      }
      calls.append(now)
      book.ended(
        ticket, .failed, tokens: .unknown, of: model, at: Milliseconds(now))
    }
    #expect(calls.prefix(3) == [0, 100, 200])
    let probes = calls.dropFirst(3)
    #expect(probes.count == 9)
    #expect(zip(probes, probes.dropFirst()).allSatisfy { $1 - $0 >= 60_000 })
  }

  @Test(arguments: [CallEnd.turnedAway, .answered(firstByte: nil), .cancelled, .notSent])
  func `are not blamed for what is the request's own`(end: CallEnd) {
    let model = CatalogModel.of()
    var book = HealthBook()
    for now in Int64(0)..<20 {
      guard case .call(_, let ticket) = book.choose(CallWish(model), at: Milliseconds(now)) else {
        Issue.record("blamed for \(end)")
        return
      }
      book.ended(ticket, end, tokens: .exactly(0), of: model, at: Milliseconds(now))
    }
  }

  @Test func `are healthy again for a policy that asks before it calls`() {
    let model = CatalogModel.of()
    var book = HealthBook()
    for _ in 0..<5 {
      guard case .call(_, let ticket) = book.choose(CallWish(model), at: Milliseconds(0)) else {
        return
      }
      book.ended(
        ticket, .failed, tokens: .unknown, of: model, at: Milliseconds(0))
    }
    #expect(!book.isHealthy(model, at: Milliseconds(1)))
    // Nobody has called it: a probe is due all the same.
    #expect(book.isHealthy(model, at: Milliseconds(4000)))
    #expect(book.serve(model, at: 4000) == 0)
    #expect(book.takeChanges().map(\.to) == [.open, .halfOpen, .closed])
  }

  @Test(arguments: [1, 10, 100] as [Int64])
  func `get no more than a fifth of their calls again`(callsPerSecond: Int64) {
    let model = CatalogModel.of()
    var rules = HealthBook.Rules()
    // No circuit: what is tried here is the budget alone.
    rules.circuit = Circuit.Rules(failures: .max, pause: Milliseconds(0))
    var book = HealthBook(rules)
    var (calls, repeats): (Int64, Int64) = (0, 0)
    for now in stride(from: Int64(0), to: 600_000, by: Int64.Stride(1000 / callsPerSecond)) {
      for isRepeat in [false, true, true] {
        var wish = CallWish(model)
        wish.isRepeat = isRepeat
        guard case .call(_, let ticket) = book.choose(wish, at: Milliseconds(now)) else { continue }
        if isRepeat { repeats += 1 } else { calls += 1 }
        book.ended(
          ticket, .failed, tokens: .unknown, of: model, at: Milliseconds(now))
      }
    }
    // In each ten seconds a fifth, or three; the window reaches up to a second further back.
    let most = max(calls / 5, calls / (callsPerSecond * 10) * 3) + 3
    #expect(repeats <= most, "\(repeats) of \(calls)")
    #expect(repeats * 2 > most, "\(repeats) of \(calls): it is usable")
  }
}
