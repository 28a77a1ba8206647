import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What a route costs at worst: of its split the dearest arm, every answer rejected, every attempt
/// billed.
///
/// Found by the planner that decides requests. Guards are taken to keep every model.
struct WorstCost {
  /// Whether the route refuses instead.
  let refuses: Bool
  /// For a question of ``characters``.
  let ordinary: CostFigure
  /// What no request may cost more than, and what says so; nil if nothing bounds it.
  let bound: (money: Money, owner: String)?

  /// How long the question of the figure is.
  static let characters: Int64 = 4_000

  init(of route: RouteID, _ decider: Decider) {
    let policy = decider.frozen.policy
    let skeleton = decider.frozen.routes[route.index]
    refuses = skeleton.refusal != nil
    let input = Self.question
    var figure = CostFigure.known(.zero)
    var loosest: MoneyBound?
    var isBounded = !skeleton.arms.isEmpty
    let budget = policy.budgetOfOneRequest
    for arm in skeleton.arms {
      let bounds = [arm.bounds.first.flatMap { $0 }, budget].compactMap(\.self)
      let tightest = bounds.min { $0.amount < $1.amount }
      figure = figure.orDearer(decider.frozen.rehearse(arm, input, bound: tightest).cost.atMost)
      guard let tightest else {
        isBounded = false
        continue
      }
      if loosest.map({ $0.amount < tightest.amount }) ?? true { loosest = tightest }
    }
    ordinary = figure
    bound = isBounded ? loosest.map { ($0.amount, policy.owner(of: $0)) } : nil
  }

  /// Of a ladder: its calls alone, wherever it is used first; nil if no route uses it.
  init?(of ladder: LadderID, _ decider: Decider) {
    let policy = decider.frozen.policy
    for skeleton in decider.frozen.routes {
      for arm in skeleton.arms {
        guard let leg = arm.legs.firstIndex(where: { $0.ladder == ladder }) else { continue }
        let most = policy[ladder].maxBudget
        let calls = decider.frozen.rehearse(
          arm, Self.question, bound: most.map { .ladder(ladder, $0) }
        ).calls
        var figure = CostFigure.known(.zero)
        for call in calls where call.step.leg == leg && call.isKept {
          figure = figure.and(call.cost.atMost)
        }
        if let most, let money = figure.money, most < money { figure = .known(most) }
        refuses = false
        ordinary = figure
        bound = most.map { ($0, "max_budget") }
        return
      }
    }
    return nil
  }

  private static var question: RequestInput {
    .plain(String(repeating: "a", count: Int(characters)))
  }

  /// `at most $0.0042 for 4,000 characters, never over $0.02 (max_budget)`.
  func words(in policy: CheckedPolicy) -> String {
    if refuses { return "refuses: costs nothing" }
    let currency = policy.vocabulary.currency
    let size = "\(Amounts.grouped(Self.characters)) characters"
    let limit = bound.map {
      "never over \(Amounts.text($0.money, currency: currency)) (\($0.owner))"
    }
    switch ordinary {
    case .known(let money):
      if let limit, bound?.money == money { return limit }
      let figure = "at most \(Amounts.text(money, currency: currency)) for \(size)"
      return limit.map { "\(figure), \($0)" } ?? figure
    case .unknown(let reason):
      return limit ?? "worst cost unknown: \(reason.words(in: policy))"
    }
  }
}

extension CostFigure {
  /// The dearer of two; unknown if either is.
  fileprivate func orDearer(_ other: CostFigure) -> CostFigure {
    switch (self, other) {
    case (.known(let a), .known(let b)): .known(max(a, b))
    case (.unknown, _): self
    case (.known, .unknown): other
    }
  }

  /// Both together; unknown if either is.
  fileprivate func and(_ other: CostFigure) -> CostFigure {
    switch (self, other) {
    case (.known(let a), .known(let b)): .known(a + b)
    case (.unknown, _): self
    case (.known, .unknown): other
    }
  }
}

extension CheckedPolicy {
  /// The tightest budget every single request is held to.
  fileprivate var budgetOfOneRequest: MoneyBound? {
    var tightest: MoneyBound?
    for (index, budget) in budgets.enumerated() {
      guard budget.window == .request, budget.condition == nil, case .money(let money) = budget.cap,
        tightest.map({ money < $0.amount }) ?? true
      else { continue }
      tightest = .budget(BudgetID(index), left: money)
    }
    return tightest
  }

  fileprivate func owner(of bound: MoneyBound) -> String {
    switch bound {
    case .ladder(let id, _): "max_budget of \(self[id].name)"
    case .budget(let id, _): self[id].name
    }
  }
}
