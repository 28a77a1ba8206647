import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// Routes that call nobody, as the bounds of their ladders pay for no call of any request.
struct UnpaidRoutes {
  private let frozen: FrozenPolicy

  init(_ decider: Decider) { frozen = decider.frozen }

  /// Asked of the planner with the cheapest request there is: no question, and one token of answer.
  func contains(_ route: RouteID) -> Bool {
    let arms = frozen.routes[route.index].arms
    return !arms.isEmpty
      && arms.allSatisfy { arm in
        arm.bounds.indices.allSatisfy { leg in
          arm.bounds[leg].map { isEmpty(leg, of: arm, $0) } ?? false
        }
      }
  }

  private func isEmpty(_ leg: Int, of arm: ArmSkeleton, _ bound: MoneyBound) -> Bool {
    var input = RequestInput.plain("")
    input.maxTokens = 1
    let calls = frozen.rehearse(arm, input, bound: bound).calls.filter {
      $0.step.answers && $0.step.leg == leg
    }
    return !calls.isEmpty
      && calls.allSatisfy { call in
        guard case .tooLittleLeft(bound, _, _) = call.dropReason else { return false }
        return true
      }
  }
}

extension PolicyDifference {
  /// Whether two policies differ in nothing but whom routes would call, and call nobody there, both of
  /// them.
  func isOfUnpaidCalls(_ old: Decider, _ new: Decider) -> Bool {
    guard !changes.isEmpty, rerouted.isEmpty, declarations.isEmpty else { return false }
    let (before, after) = (UnpaidRoutes(old), UnpaidRoutes(new))
    return changes.allSatisfy { change in
      !change.routes.isEmpty && change.aspects.allSatisfy(\.isOfCalls)
        && change.routes.allSatisfy { pair in
          pair.old.map(before.contains) == true && pair.new.map(after.contains) == true
        }
    }
  }
}

extension AspectChange {
  fileprivate var isOfCalls: Bool {
    switch aspect {
    case .first, .ladder, .gates, .fallback, .place, .price, .models: true
    case .refusal, .split, .cache, .compression, .parameters, .system, .tools, .batch, .stop,
      .stick,
      .shadow, .budgets, .classifiers:
      false
    }
  }
}
