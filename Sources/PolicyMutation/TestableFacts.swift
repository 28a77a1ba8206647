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
  // Of the deployments that may be called.
  private var firstPlaces = Places()
  private var lastPlaces = Places()
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
      firstPlaces = Places(decision.plan.first, policy)
      lastPlaces = Places(decision.plan.last, policy)
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
    found += firstPlaces.differing(from: other.firstPlaces, "first")
    found += lastPlaces.differing(from: other.lastPlaces, "last")
    func add(_ name: String, _ cost: KeyPath<TestableFacts, Money?>) {
      guard let value = self[keyPath: cost], value != other[keyPath: cost] else { return }
      let isDearer = other[keyPath: cost].map { $0 > value } ?? true
      found.append("\(name) \(isDearer ? "<=" : ">=") \(Self.text(value, currency))")
    }
    add("worst_cost", \.worstCost)
    add("expected_cost", \.expectedCost)
    return found
  }

  private static func text(_ money: Money, _ currency: String) -> String {
    let amount = RequestBlock.decimal(money.nanos, places: 9)
    return currency == "USD" ? "$\(amount)" : "\(currency) \(amount)"
  }
}

/// Where a call may go.
private struct Places: Hashable {
  /// Nil among them where one is not known.
  private var regions: Set<String?> = []
  private var providers: Set<String?> = []

  init() {}

  init(_ call: PlannedCall?, _ policy: CheckedPolicy) {
    guard let call, let id = call.model else { return }
    let deployments = call.deployments.map { policy[id].deployments[$0] }
    regions = Set(deployments.map(\.region))
    providers = Set(deployments.map(\.provider))
  }

  func differing(from other: Places, _ call: String) -> [String] {
    Self.lines("\(call).region", regions, other.regions)
      + Self.lines("\(call).provider", providers, other.providers)
  }

  /// `=` asks it of every place, `!=` of each that it is another.
  private static func lines(
    _ name: String, _ mine: Set<String?>, _ others: Set<String?>
  ) -> [String] {
    guard mine != others, let one = mine.first else { return [] }
    if mine.count == 1, let one { return ["\(name) = \(one)"] }
    return others.subtracting(mine).compactMap(\.self).sorted().map { "\(name) != \($0)" }
  }
}
