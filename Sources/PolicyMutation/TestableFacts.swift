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
  // Of the deployments that may be called, where all agree.
  private var firstRegion: String?
  private var firstProvider: String?
  private var lastRegion: String?
  private var lastProvider: String?
  // What it costs comes last.
  private var worstCost: Money?
  private var expectedCost: Money?
  private var currency = "USD"

  /// Of a request that hangs on a classifier nothing: any line of `expect` fails then.
  init(_ input: RequestInput, _ script: ClimbScript, _ decider: Decider) {
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
    case .needs: (task, route) = (nil, nil)
    case .refused(let refusal): refusedBy = refusal.refuser(in: policy)
    case .route:
      currency = policy.vocabulary.currency
      first = decision.plan.first?.model.map { policy[$0].name }
      last = decision.plan.last?.model.map { policy[$0].name }
      (firstRegion, firstProvider) = Self.place(decision.plan.first, policy)
      (lastRegion, lastProvider) = Self.place(decision.plan.last, policy)
      worstCost = decision.cost.atMost.money
      expectedCost = decision.cost.expected.money
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
    add("first.region", \.firstRegion)
    add("first.provider", \.firstProvider)
    add("last.region", \.lastRegion)
    add("last.provider", \.lastProvider)
    func add(_ name: String, _ cost: KeyPath<TestableFacts, Money?>) {
      guard let value = self[keyPath: cost], value != other[keyPath: cost] else { return }
      let isDearer = other[keyPath: cost].map { $0 > value } ?? true
      found.append("\(name) \(isDearer ? "<=" : ">=") \(Self.text(value, currency))")
    }
    add("worst_cost", \.worstCost)
    add("expected_cost", \.expectedCost)
    return found
  }

  /// Where a call goes: its region and its provider, each where there is only one.
  private static func place(
    _ call: PlannedCall?, _ policy: CheckedPolicy
  ) -> (region: String?, provider: String?) {
    guard let call, let id = call.model, let one = call.deployments.first else { return (nil, nil) }
    let (places, others) = (policy[id].deployments, call.deployments.dropFirst())
    let (region, provider) = (places[one].region, places[one].provider)
    return (
      others.allSatisfy { places[$0].region == region } ? region : nil,
      others.allSatisfy { places[$0].provider == provider } ? provider : nil
    )
  }

  private static func text(_ money: Money, _ currency: String) -> String {
    let amount = RequestBlock.decimal(money.nanos, places: 9)
    return currency == "USD" ? "$\(amount)" : "\(currency) \(amount)"
  }
}
