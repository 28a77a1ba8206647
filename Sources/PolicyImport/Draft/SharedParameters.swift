// The language sets a parameter for all that a route or an arm of its split calls.
extension RouterDraft {
  /// Makes lines of what all calls of a route, or of an arm, state alike, and tells of the rest: no
  /// call is sent what the configuration did not state for it.
  mutating func shareParameters(_ findings: inout FindingList) {
    var sharing = ParameterSharing()
    for index in routes.indices {
      guard case .plan(let plan) = routes[index].action else { continue }
      let (shared, own) = sharing.share(plan, in: routes[index].name)
      routes[index].effects += shared
      routes[index].action = .plan(own)
    }
    if case .plan(let plan) = otherwise {
      let (shared, own) = sharing.share(plan, in: "otherwise")
      otherwiseEffects += shared
      otherwise = .plan(own)
    }
    sharing.tell(&findings)
  }
}

/// Which parameters became lines, and of which routes which did not.
private struct ParameterSharing {
  private var kept: Set<ParameterDraft> = []
  /// In the order in which they were met.
  private var lost: [(parameter: ParameterDraft, routes: [String])] = []

  /// The lines of the route, and the plan with those of its arms.
  mutating func share(
    _ plan: PlanDraft, in route: String
  ) -> (shared: [EffectDraft], plan: PlanDraft) {
    let shared = Self.common(plan.arms.flatMap(\.steps))
    var plan = plan
    for index in plan.arms.indices {
      let steps = plan.arms[index].steps
      let own = plan.arms.count > 1 ? Self.common(steps).filter { !shared.contains($0) } : []
      plan.arms[index].shapes = own
      for parameter in steps.flatMap(\.parameters) {
        if shared.contains(parameter.effect) || own.contains(parameter.effect) {
          kept.insert(parameter)
        } else {
          lose(parameter, in: route)
        }
      }
    }
    return (shared, plan)
  }

  private mutating func lose(_ parameter: ParameterDraft, in route: String) {
    guard let index = lost.firstIndex(where: { $0.parameter == parameter }) else {
      return lost.append((parameter, [route]))
    }
    if !lost[index].routes.contains(route) { lost[index].routes.append(route) }
  }

  /// What every one of these calls states, in the words of the first.
  private static func common(_ steps: [PlanDraft.Step]) -> [EffectDraft] {
    (steps.first?.parameters ?? []).map(\.effect).filter { effect in
      steps.allSatisfy { $0.parameters.contains { $0.effect == effect } }
    }
  }

  func tell(_ findings: inout FindingList) {
    findings.carriedOver(kept.count)
    for (parameter, routes) in lost {
      let more = routes.count - 2
      let names = routes.prefix(2).map { "`\($0)`" }.joined(separator: " and ")
      let callers = more > 0 ? "\(names) and \(more) more call" : names + " calls"
      findings.leftOut(
        parameter.place.what, parameter.place.line,
        "a route sets a parameter for all it calls, and "
          + (routes.count == 2 ? "\(names) call" : callers) + " others that do not state it so",
        cure: "write `\(PolicyWriter.line(of: parameter.effect))` into the route if all of them "
          + "may have it")
    }
  }
}
