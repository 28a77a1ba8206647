import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingLedger
import RoutingRuntime

/// A decision with the counters it was made by and what it would set aside.
///
/// A class: every function on the way to an answer holds it.
final class BudgetedDecision: Sendable {
  let decided: DecidedRequest
  /// What the decision read, for the row; empty without a ledger.
  let facts: [UInt8]
  /// For every budget and limit the request meets that outlives it.
  let claims: [Claim]
  /// The budget or limit it is refused for; nil if there is none.
  let full: FullBudget?

  init(decided: DecidedRequest, facts: [UInt8], claims: [Claim], full: FullBudget?) {
    self.decided = decided
    self.facts = facts
    self.claims = claims
    self.full = full
  }

  /// The same decision with other claims.
  func claiming(_ claims: [Claim]) -> BudgetedDecision {
    BudgetedDecision(decided: decided, facts: facts, claims: claims, full: full)
  }

  var decision: Decision { decided.decision }

  /// Why nothing may be called; nil if the plan can be run as it is.
  func refusal(_ words: EntryWords) -> String? {
    switch decision.outcome {
    case .refused(let refusal): words.reason(refusal)
    case .route, .needs: nil
    }
  }

  /// The first budget or limit that has to be counted; nil if there is none.
  var firstCounted: String? { claims.first?.key.budget }
}

/// Why there is no decision.
enum DecisionFailure: Error {
  case problem(RequestProblem)
  /// The counters cannot be asked.
  case counters(String)
}

extension RequestService {
  /// Decides a request by what its budgets and limits have used now.
  func decide(_ request: AcceptedRequest) async throws(DecisionFailure) -> BudgetedDecision {
    var input = request.asked.input
    memory.stick.fill(&input, in: decider.frozen.policy, at: clock())
    noteHealth(in: &input)
    try await fill(&input)
    return try decideFilled(input)
  }

  /// Decides by what the input says of budgets and limits.
  func decideFilled(_ input: RequestInput) throws(DecisionFailure) -> BudgetedDecision {
    var facts = try facts(of: input)
    var scratch = Scratch(for: decider.graph)
    // A request that is recorded is measured for it anyway.
    let sizes = ledger == nil ? nil : decider.sizes(of: input)
    let decision = decider.decide(
      input, measured: sizes, &facts, expecting: settings.expectations, in: &scratch)
    let record = sizes.map { sizes in
      decider.record(
        decision, of: input, measured: sizes, &facts, expecting: settings.expectations,
        in: &scratch)
    }
    return BudgetedDecision(
      decided: DecidedRequest(input: input, decision: decision), facts: record ?? [],
      claims: try claims(of: decision, input, facts),
      full: counters.full(of: decision, for: input, facts))
  }

  func facts(of input: RequestInput) throws(DecisionFailure) -> RequestFacts {
    do throws(FactProblem) {
      return try decider.graph.facts(of: input)
    } catch {
      throw .problem(.fact(error))
    }
  }

  /// A decision that leads to no call sets nothing aside.
  func claims(
    of decision: Decision, _ input: RequestInput, _ facts: RequestFacts
  ) throws(DecisionFailure) -> [Claim] {
    try claims(of: decision, input, facts, cost: decision.cost.atMost.money)
  }

  /// The same where the request costs at most `cost`; nil if nothing bounds it.
  func claims(
    of decision: Decision, _ input: RequestInput, _ facts: RequestFacts, cost: Money?
  ) throws(DecisionFailure) -> [Claim] {
    guard case .route = decision.outcome else { return [] }
    do throws(UnboundedClaim) {
      return try counters.claims(
        of: decision, for: input, facts, cost: cost,
        tokens: decision.tokens.atMost)
    } catch {
      throw .problem(.unbounded(error))
    }
  }

  /// A function of its own: what it looks at is not held while the ledger is asked.
  @inline(never)
  private func countersRead(
    for input: RequestInput
  ) throws(DecisionFailure) -> [BudgetCounters.Counter] {
    guard !decider.frozen.policy.budgets.isEmpty else { return [] }
    return counters.counters(of: input, try facts(of: input))
  }

  func fill(_ input: inout RequestInput) async throws(DecisionFailure) {
    guard let ledger else { return }
    let read = try countersRead(for: input)
    guard !read.isEmpty else { return }
    let used: [Int64]
    do throws(BudgetStoreFailure) {
      used = try await ledger.used(read.map(\.key), at: clock())
    } catch {
      throw .counters(error.description)
    }
    for (counter, used) in zip(read, used) { input.state.budgetUse[counter.budget] = used }
  }
}
