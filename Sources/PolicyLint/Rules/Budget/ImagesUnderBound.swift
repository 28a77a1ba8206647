import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicySource
import RoutingRuntime

/// A model that reads images, where money is bounded and nobody knows what an image costs.
enum ImagesUnderBound: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("images_under_bound"), .warning,
    finds: "A model that reads images and is called under a bound on money.",
    why: """
      A call is made under a bound only if its worst cost fits, and no catalog says how many tokens an \
      image is: the worst cost of a request with images is unknown, and unknown is never zero. So the \
      model is never asked for one, and the request is refused if no other step takes it.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      budget house = $2000 per month
      otherwise { use large }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      budget house = $2000 per month when images = 0
      route pictures when images >= 1 { refuse "this service reads no images" }
      otherwise { use large }
      """,
    fix: """
      There is none: send requests with images where nothing bounds money, or refuse them in words of \
      your own.
      """)

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let policy = subject.policy
    var reading = PartialReading(policy, .images)
    let reachable = reading.reachableRoutes()
    let budget = policy.budgets.first { budget in
      guard case .money = budget.cap else { return false }
      return reading.truth(budget.condition) != .no
    }
    let written = subject.written
    var reported: Set<ModelID> = []
    for (index, route) in subject.decider.frozen.routes.enumerated() where reachable[index] {
      for arm in route.arms {
        for call in arm.calls {
          guard case .model(let id) = call.step.target, call.step.answers,
            policy[id].capabilities.contains(.images), !reported.contains(id),
            let bound = bound(on: call.step, arm, budget, written, policy)
          else { continue }
          reported.insert(id)
          report.add(
            "\(subject.name(id)) is never asked for a request with images: nothing says how many "
              + "tokens one is, and `\(bound.name)` bounds what they cost",
            at: place(of: call.step, policy, written),
            notes: [Note("the bound is here", at: bound.span)])
        }
      }
    }
  }

  private static func bound(
    on step: PlanStep, _ arm: ArmSkeleton, _ budget: CheckedBudget?, _ written: WrittenParts,
    _ policy: CheckedPolicy
  ) -> (name: String, span: Span)? {
    if case .tier(let ladder, _) = step.role, policy[ladder].maxBudget != nil {
      return ("max_budget", written.maxBudget(of: policy[ladder]))
    }
    return budget.map { ($0.name, written.amount(of: $0)) }
  }

  private static func place(
    of step: PlanStep, _ policy: CheckedPolicy, _ written: WrittenParts
  ) -> Span {
    guard case .tier(let ladder, let tier) = step.role else { return step.span }
    return written.model(tier, of: policy[ladder])
  }
}
