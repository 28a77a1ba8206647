import PolicySemantics
import PolicyUnits
import RoutingGates
import RoutingRuntime

/// Holds recorded answers against the gates of a policy.
///
/// The gates are those that serve; what they would have to ask about is taken from the record, and what
/// the record does not have is not guessed.
struct GateReading: Sendable {
  let book: GateBook
  let frozen: FrozenPolicy

  struct Reading {
    let result: GateResult
    /// Nil if the record does not say what asking took: then it counts at its bound.
    let billed: Money?
    let tokens: Int64?
  }

  /// Nil if what was recorded does not decide it.
  func read(
    _ gate: GateID, _ cell: OutcomeCell, _ answer: AnswerFacts, _ request: GateRequest
  ) -> Reading? {
    let needs = GateNeeds(gate, of: frozen.policy)
    guard cell.answer != nil, !needs.readsLogprobs else { return recorded(gate, needs, cell) }
    guard answer.finish == nil else {
      return inquire(gate, cell, answer, request) ?? recorded(gate, needs, cell)
    }
    // Why it ended was not recorded: it may only count where it makes no difference.
    let readings = FinishReason.allCases.filter { $0 != .contentFilter }.map { finish in
      var facts = answer
      facts.finish = finish
      return inquire(gate, cell, facts, request)
    }
    if let first = readings.first, let first, readings.allSatisfy({ $0?.result == first.result }) {
      return first
    }
    return recorded(gate, needs, cell)
  }

  private func inquire(
    _ gate: GateID, _ cell: OutcomeCell, _ answer: AnswerFacts, _ request: GateRequest
  ) -> Reading? {
    var inquiry = GateInquiry(book, gate, answer, request)
    var bill = Bill()
    while true {
      switch inquiry.next() {
      case .done(let result):
        return Reading(result: result, billed: bill.money, tokens: bill.tokens)
      case .ask(let ask):
        guard case .gate(let id) = ask.key, let said = cell.gates[frozen.policy[id].name] else {
          return nil
        }
        switch said.result {
        case .score(let score): inquiry.take(score, of: ask.key)
        case .failed: inquiry.take(nil, of: ask.key)
        case .verdict: return nil
        }
        bill.add(ask, said.usage, frozen)
      }
    }
  }

  /// What the whole gate said when it was asked, if it is of its kind.
  private func recorded(_ gate: GateID, _ needs: GateNeeds, _ cell: OutcomeCell) -> Reading? {
    guard let said = cell.gates[frozen.policy[gate].name] else { return nil }
    switch (frozen.policy[gate].body, said.result) {
    case (.decides, .score), (.scores, .verdict): return nil
    case (.decides, .verdict), (.scores, .score), (_, .failed): break
    }
    var bill = Bill()
    for ask in needs.asks { bill.add(ask, needs.asks.count == 1 ? said.usage : nil, frozen) }
    return Reading(result: said.result, billed: bill.money, tokens: bill.tokens)
  }

  /// What the asking of one gate comes to; nil once a part is not known.
  private struct Bill {
    private(set) var money: Money? = .zero
    private(set) var tokens: Int64? = 0

    mutating func add(_ ask: GateNeeds.Ask, _ usage: Usage?, _ frozen: FrozenPolicy) {
      // A service is nobody's call: it costs no tokens.
      guard let target = ask.target else { return }
      guard let usage else {
        (money, tokens) = (nil, nil)
        return
      }
      tokens = tokens.map { $0 + usage.tokens }
      let price: Money? =
        switch target {
        case .model(let model):
          frozen[model].tariff.price(usage).flatMap { $0.isExact ? $0.total : nil }
        case .embedder(let embedder):
          frozen.policy[embedder].price.map { price in
            var cost = ExactCost()
            cost.add(usage.input, at: price)
            return cost.roundedUp
          }
        case .requested: nil
        }
      money = price.flatMap { price in money.map { $0 + price } }
    }
  }
}
