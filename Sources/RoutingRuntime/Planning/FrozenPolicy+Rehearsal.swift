package import PolicyGraph

extension FrozenPolicy {
  /// What one way through a route would call for a request, whether or not it takes the route.
  ///
  /// The same planning as for a decision: for rules that ask what a policy could cost. A compression
  /// is taken not to shorten anything. `bound` binds all the request spends; without one it is the
  /// `max_budget` of the ladder that is selected.
  package func rehearse(
    _ arm: ArmSkeleton, _ input: borrowing RequestInput, guards: ActiveGuards = ActiveGuards(),
    bound: MoneyBound? = nil
  ) -> (calls: [PlannedCall], cost: CostInterval) {
    var planner = Planner(
      frozen: self, arm: arm,
      request: PlanRequest(input, dropsTools: guards.dropsTools != nil), guards: guards,
      expectations: Expectations(), bound: bound ?? arm.bounds.first.flatMap { $0 })
    let planned = planner.plan()
    return (planned.calls, planned.cost)
  }
}

extension RequestInput {
  /// One question and nothing else, at the moment policy tests take: noon on Thursday, 2026-01-01.
  package static func plain(_ question: String) -> RequestInput {
    var input = RequestInput(moment: TestRequest.moment(date: nil, weekday: nil, hour: 12))
    input.messages = [.init(role: .user, text: question)]
    return input
  }
}
