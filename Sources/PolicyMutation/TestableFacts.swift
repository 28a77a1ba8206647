import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What a test can ask for of one request and its climb, as lines of `expect`.
///
/// In names and figures, so that two policies can be held against each other.
struct TestableFacts: Hashable {
  /// By what is asked for: the line.
  private var lines: [String: String] = [:]
  private var worstCost: Money?
  private var currency = "USD"

  /// In the order a reader wants them; what it costs at most comes last.
  private static let order = [
    "refused_by", "task", "route", "first", "last", "answered_by", "climbs", "calls",
  ]

  /// Nil where a request is decided by chance, or hangs on a classifier.
  init?(_ input: RequestInput, _ script: ClimbScript, _ decider: Decider) {
    let policy = decider.graph.policy
    let decision: Decision
    do throws(FactProblem) {
      decision = try decider.decide(input)
    } catch {
      add("refused_by", error.fact)
      return
    }
    if let task = decision.task { add("task", policy[task].name) }
    if let route = decision.route { add("route", policy[route].name) }
    switch decision.outcome {
    case .needs: return nil
    case .refused(let refusal): add("refused_by", refusal.refuser(in: policy))
    case .route:
      if decision.arm?.hashed == .request { return }
      add("first", decision.plan.first?.model.map { policy[$0].name })
      add("last", decision.plan.last?.model.map { policy[$0].name })
      if case .known(let money) = decision.cost.atMost {
        worstCost = money
        currency = policy.vocabulary.currency
      }
      let runner = PolicyTestRunner(decider) { _ in .failure(.init("not read")) }
      guard let outcome = runner.outcome(of: decision, given: script.given) else { return }
      add("answered_by", outcome.answering?.model.map { policy[$0].name })
      add("climbs", "\(outcome.climbs)")
      add("calls", "\(outcome.calls)")
    }
  }

  private mutating func add(_ name: String, _ value: String?) {
    if let value { lines[name] = "\(name) = \(value)" }
  }

  /// What this has that another has not, or has otherwise.
  func differing(from other: TestableFacts) -> [String] {
    var found = Self.order.compactMap { name in
      lines[name].flatMap { $0 == other.lines[name] ? nil : $0 }
    }
    if let worstCost, worstCost != other.worstCost {
      let isDearer = other.worstCost.map { $0 > worstCost } ?? true
      found.append("worst_cost \(isDearer ? "<=" : ">=") \(Self.text(worstCost, currency))")
    }
    return found
  }

  private static func text(_ money: Money, _ currency: String) -> String {
    let amount = RequestBlock.decimal(money.nanos, places: 9)
    return currency == "USD" ? "$\(amount)" : "\(currency) \(amount)"
  }
}
