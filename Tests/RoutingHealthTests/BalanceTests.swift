import PolicyUnits
import RoutingCatalog
import RoutingHealth
import RoutingTestSupport
import Testing

@Suite struct `Balancing` {
  @Test(arguments: [[1, 1], [3, 1], [5, 3, 2], [7, 1, 1, 1], [1_000, 1]])
  func `by weight gives everyone exactly its part of every round`(weights: [Int64]) {
    let model = CatalogModel.of(weights: weights)
    let round = weights.reduce(0, +)
    var book = HealthBook()
    for number in 0..<3 {
      var calls = [Int64](repeating: 0, count: weights.count)
      for _ in 0..<round {
        if let index = book.serve(model, at: Int64(number)) { calls[index] += 1 }
      }
      #expect(calls == weights, "round \(number)")
    }
  }

  @Test func `by weight spreads turns out and begins with the heaviest`() {
    let model = CatalogModel.of(weights: [1, 5, 1])
    var book = HealthBook()
    let turns = (0..<7).compactMap { _ in book.serve(model, at: 0) }
    #expect(turns == [1, 1, 0, 1, 2, 1, 1])
  }

  @Test func `to the least busy goes by calls under way`() {
    let model = CatalogModel.of(weights: [1, 1, 1], balance: .leastBusy)
    var book = HealthBook()
    var open: [(index: Int, ticket: CallTicket)] = []
    for _ in 0..<9 {
      guard case .call(let index, let ticket) = book.choose(CallWish(model), at: Milliseconds(0))
      else { continue }
      open.append((index, ticket))
    }
    for index in 0..<3 { #expect(open.count { $0.index == index } == 3) }
    for call in open where call.index == 1 {
      book.ended(
        call.ticket, .answered(firstByte: nil), tokens: .unknown, of: model, at: Milliseconds(1))
    }
    for _ in 0..<3 {
      guard case .call(let index, _) = book.choose(CallWish(model), at: Milliseconds(2)) else {
        continue
      }
      #expect(index == 1)
    }
  }

  @Test func `to the fastest finds the one that became fast`() {
    let model = CatalogModel.of(weights: [1, 1, 1], balance: .fastest)
    var book = HealthBook()
    var calls = [0, 0, 0]
    func serve(_ count: Int, _ times: [Int64]) {
      calls = [0, 0, 0]
      for _ in 0..<count {
        guard let index = book.serve(model, at: 0, times: times) else { continue }
        calls[index] += 1
      }
    }
    serve(400, [300, 80, 900])
    #expect(calls[1] > 350, "\(calls)")
    #expect(calls[0] > 3 && calls[2] > 3, "the slow ones are measured again: \(calls)")
    serve(400, [300, 80, 10])
    serve(400, [300, 80, 10])
    #expect(calls[2] > 350, "\(calls)")
  }

  @Test func `takes what a request has not tried, and never what it must not`() {
    let model = CatalogModel.of(weights: [9, 1])
    let first = DeploymentName(model.deployments[0])
    let second = DeploymentName(model.deployments[1])
    var book = HealthBook()
    var wish = CallWish(model)
    wish.tried = [first]
    for _ in 0..<20 {
      guard case .call(1, _) = book.choose(wish, at: Milliseconds(0)) else {
        Issue.record("tried already")
        return
      }
    }
    wish.tried = [first, second]
    guard case .call = book.choose(wish, at: Milliseconds(0)) else {
      Issue.record("all tried: one of them again")
      return
    }
    wish.barred = [first, second]
    guard case .none(let none) = book.choose(wish, at: Milliseconds(0)) else {
      Issue.record("barred")
      return
    }
    #expect(none.reason == .barred && none.wait == nil)
  }
}

extension CatalogModel {
  /// One deployment for each weight, at providers `p0`, `p1` and so on.
  static func of(
    weights: [Int64] = [1], balance: Balance = .weighted, cooldown: Cooldown? = nil,
    requestsPerMinute: Int64? = nil, tokensPerMinute: Int64? = nil
  ) -> CatalogModel {
    CatalogModel(
      name: "m",
      deployments: weights.enumerated().map { index, weight in
        UpstreamDeployment(
          provider: "p\(index)", upstream: "m", weight: weight,
          requestsPerMinute: requestsPerMinute, tokensPerMinute: tokensPerMinute)
      }, balance: balance, cooldown: cooldown)
  }
}

extension HealthBook {
  /// One call that is answered at once; where it went.
  mutating func serve(_ model: CatalogModel, at now: Int64, times: [Int64] = []) -> Int? {
    guard case .call(let index, let ticket) = choose(CallWish(model), at: Milliseconds(now)) else {
      return nil
    }
    let time = times.indices.contains(index) ? Milliseconds(times[index]) : nil
    ended(ticket, .answered(firstByte: time), tokens: .unknown, of: model, at: Milliseconds(now))
    return index
  }
}
