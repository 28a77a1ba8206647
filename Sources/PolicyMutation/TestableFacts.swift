import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What a test can ask for of one request and its climb.
///
/// In names and figures, so that two policies can be held against each other.
struct TestableFacts: Hashable {
  // By what is asked for, in the order a reader wants them.
  private var refusedBy: String?
  private var task: String?
  private var route: String?
  private var first: String?
  private var last: String?
  private var answeredBy: String?
  private var climbs: Int?
  private var calls: Int?
  /// What it costs at most comes last.
  private var worstCost: Money?
  private var currency = "USD"

  /// Nil where a request is decided by chance, or hangs on a classifier.
  init?(_ input: RequestInput, _ script: ClimbScript, _ decider: Decider) {
    let policy = decider.graph.policy
    let decision: Decision
    do throws(FactProblem) {
      decision = try decider.decide(input)
    } catch {
      refusedBy = error.fact
      return
    }
    task = decision.task.map { policy[$0].name }
    route = decision.route.map { policy[$0].name }
    switch decision.outcome {
    case .needs: return nil
    case .refused(let refusal): refusedBy = refusal.refuser(in: policy)
    case .route:
      if decision.arm?.hashed == .request { return }
      first = decision.plan.first?.model.map { policy[$0].name }
      last = decision.plan.last?.model.map { policy[$0].name }
      if case .known(let money) = decision.cost.atMost {
        worstCost = money
        currency = policy.vocabulary.currency
      }
      let runner = PolicyTestRunner(decider) { _ in .failure(.init("not read")) }
      guard let outcome = runner.outcome(of: decision, given: script.given) else { return }
      answeredBy = outcome.answering?.model.map { policy[$0].name }
      climbs = outcome.climbs
      calls = outcome.calls
    }
  }

  /// What this has that another has not, or has otherwise, as lines of `expect`.
  func differing(from other: TestableFacts) -> [String] {
    // Of the thousands that are compared nearly all are the same.
    guard self != other else { return [] }
    var found: [String] = []
    func add<Value: Equatable>(_ name: String, _ fact: KeyPath<TestableFacts, Value?>) {
      guard let value = self[keyPath: fact], value != other[keyPath: fact] else { return }
      found.append("\(name) = \(value)")
    }
    add("refused_by", \.refusedBy)
    add("task", \.task)
    add("route", \.route)
    add("first", \.first)
    add("last", \.last)
    add("answered_by", \.answeredBy)
    add("climbs", \.climbs)
    add("calls", \.calls)
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
