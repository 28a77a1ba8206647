import PolicyGraph
import PolicySemantics
import PolicySyntax

/// What plans read of a request that conditions need not: as tests, so that the diagrams tell it
/// apart.
enum PlanTests {
  static let hasTools = RequestTest.number(.tools, .greaterOrEqual, 1)
  static let hasImages = RequestTest.number(.images, .greaterOrEqual, 1)

  static func format(_ format: RequestFormat) -> RequestTest {
    .label(.format, oneOf: [RequestFormat.allCases.firstIndex(of: format) ?? 0])
  }

  static func names(_ model: ModelEntry) -> RequestTest { .name(.model, oneOf: [model.name]) }

  static func isSpent(_ id: BudgetID, _ budget: CheckedBudget) -> RequestTest {
    .number(.budgetUsed(id), .greaterOrEqual, budget.cap.amount)
  }

  /// Every such test a policy's plans may make.
  static func tests(of policy: CheckedPolicy) -> [RequestTest] {
    var tests = [hasTools, hasImages] + RequestFormat.allCases.map(format)
    // No name at all: whether there is one.
    tests += [.name(.identity(.user), oneOf: []), .name(.identity(.conversation), oneOf: [])]
    if policy.namesRequested { tests += policy.vocabulary.models.map(names) }
    for (index, budget) in policy.budgets.enumerated() where budget.window != .request {
      tests.append(isSpent(BudgetID(index), budget))
    }
    return tests
  }
}

extension CheckedPolicy {
  /// Whether some route calls the model the caller names.
  var namesRequested: Bool { routes.contains { $0.namesRequested } }
}

extension CheckedRoute {
  var namesRequested: Bool {
    uses.contains { use in
      ([use.target] + use.fallbacks.map(\.target)).contains { $0.kind == .requested }
    }
      || effects.contains { effect in
        if case .shadow(_, let target) = effect { target.kind == .requested } else { false }
      }
  }

  /// What each of its arms calls; none if it refuses.
  var uses: [CheckedUse] {
    switch action {
    case .use(let use): [use]
    case .split(let split): split.arms.map(\.use)
    case .refuse: []
    }
  }
}
