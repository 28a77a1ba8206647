import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// Requests that are alike in all a plan depends on but their sizes and what their budgets have left.
struct AlwaysCase {
  /// A diagram of the space it was made in.
  var region: Diagram
  var route: RouteID
  var task: TaskID?
  /// Index into the arms of the route's split.
  var arm = 0
  var guards: [GuardID] = []
  var dropsTools = false
  /// The budgets whose `when` holds, and whether each has nothing left.
  var budgets: [(id: BudgetID, isSpent: Bool)] = []
  var skipped: Set<CompressionID> = []
  var needs: Abilities = []
  /// The catalog's model the caller names; nil for any other name.
  var name: String?
  var hasUser = false
  var hasConversation = false
  /// For `stick`: the model that answered last.
  var lastModel: ModelID?

  /// What plans of the case depend on, in a box; of two cases with one key one answer holds.
  struct Key: Hashable {
    let route: RouteID
    let task: TaskID?
    let arm: Int
    let guards: [GuardID]
    let budgets: [BudgetID]
    let spent: [BudgetID]
    let skipped: Set<CompressionID>
    let needs: UInt8
    let name: String?
    let hasUser: Bool
    let hasConversation: Bool
    let lastModel: ModelID?
    let box: [SizeDimension: ClosedRange<Int64>]
  }

  /// What plans of the case depend on; needs of what all models of the plan can do tell none apart.
  func key(_ box: PlanSizeBox, all: Abilities) -> Key {
    Key(
      route: route, task: task, arm: arm, guards: guards, budgets: budgets.map(\.id),
      spent: budgets.filter(\.isSpent).map(\.id), skipped: skipped,
      needs: needs.subtracting(all.subtracting(.images)).rawValue, name: name, hasUser: hasUser,
      hasConversation: hasConversation, lastModel: lastModel, box: box.ranges)
  }

  init(_ region: Diagram, _ route: RouteID) {
    self.region = region
    self.route = route
  }

  /// The situation with these sizes.
  func situation(_ sizes: CornerSizes, _ policy: CheckedPolicy) -> PlanSituation {
    // No catalog holds a model with an empty name.
    var request = PlanRequest(sizes.given, needs: needs, name: name ?? "")
    request.maxTokens = sizes.maxTokens
    request.hasUser = hasUser
    request.hasConversation = hasConversation
    request.lastModel = lastModel
    return PlanSituation(
      route: route, task: task, arm: arm, guards: guards,
      budgets: budgets.map { (id: $0.id, used: used(of: $0.id, $0.isSpent, sizes, policy)) },
      skipped: skipped,
      request: request)
  }

  /// Budgets of money and limits on tokens that are counted over time and have something left, each
  /// with the size that says how much.
  func openBudgets(_ policy: CheckedPolicy) -> [(id: BudgetID, left: SizeDimension)] {
    budgets.compactMap { budget in
      guard !budget.isSpent, let left = policy[budget.id].sizeLeft else { return nil }
      return (budget.id, left)
    }
  }

  /// Every open budget has what the least one of its unit has.
  private func used(
    of id: BudgetID, _ isSpent: Bool, _ sizes: CornerSizes, _ policy: CheckedPolicy
  ) -> Int64 {
    let cap = max(0, policy[id].cap.amount)
    if isSpent { return cap }
    guard let dimension = policy[id].sizeLeft, let left = sizes.left[dimension] else { return 0 }
    return cap - min(cap, left)
  }
}

extension CheckedBudget {
  /// What a plan depends on of a counter that outlives the request; nil where it depends on nothing
  /// but whether something is left.
  var sizeLeft: SizeDimension? {
    guard window != .request else { return nil }
    switch cap {
    case .money: return .left
    case .tokens: return .tokensLeft
    case .requests, .atOnce: return nil
    }
  }
}
