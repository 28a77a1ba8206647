import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// A bound on one request that no call of what it bounds fits in.
enum BoundBelowAnyCall: LintRule {
  static let page = DiagnosticPage(
    DiagnosticCode("bound_below_any_call"), .error,
    finds: "A `max_budget`, or a budget per request, that pays for no call a request could make.",
    why: """
      A call is made only if its prompt and the fewest output tokens worth asking for fit into what \
      is left. If they do for no tier, or for no prompt a route takes, every such request is \
      refused. The finding says what the cheapest call needs and, where there is one, up to which \
      size of prompt the bound reaches. Where callers who ask for a token or two would still fit, it \
      is a warning.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate solid = not refusal
      ladder cheap_first(max_budget = $0.000001) { tier small accept solid  tier medium }
      otherwise { use cheap_first }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate solid = not refusal
      ladder cheap_first(max_budget = $0.01) { tier small accept solid  tier medium }
      otherwise { use cheap_first }
      """,
    fix: "Raise the bound, or lower `min_output` if shorter answers are worth having.")

  static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let study = BoundStudy(subject)
    for ladder in subject.policy.ladders.indices {
      guard let amount = subject.policy.ladders[ladder].maxBudget else { continue }
      let id = LadderID(ladder)
      let place = study.written.maxBudget(of: subject.policy[id])
      study.report(
        .ladder(id, amount), "`max_budget` of `\(subject.policy[id].name)`", at: place,
        places: study.ways(through: id), &report)
    }
    for (index, budget) in subject.policy.budgets.enumerated() where budget.window == .request {
      study.report(budget, BudgetID(index), &report)
    }
  }
}

/// Holds bounds on money against every way a request may take.
struct BoundStudy {
  let subject: LintSubject
  let written: WrittenParts
  private let sizes: PromptSizes

  /// One way through a route, or one leg of it.
  struct Way {
    let route: CheckedRoute
    let reach: MoneyReach
    /// Of the shortest prompt it takes: a token is a byte or more.
    let leastBytes: Int64
    let span: Span
  }

  init(_ subject: LintSubject) {
    self.subject = subject
    written = subject.written
    sizes = PromptSizes(subject.policy)
  }

  /// Every leg that climbs a ladder.
  func ways(through ladder: LadderID) -> [Way] {
    eachArm { route, arm, use, least in
      let targets = [use.target] + use.fallbacks.map(\.target)
      return targets.enumerated().compactMap { leg, target in
        guard target.kind == .ladder(ladder) else { return nil }
        return Way(
          route: route, reach: MoneyReach(subject, arm, leg: leg), leastBytes: least,
          span: target.span)
      }
    }
  }

  /// Every way through every route.
  func ways() -> [Way] {
    eachArm { route, arm, use, least in
      [
        Way(
          route: route, reach: MoneyReach(subject, arm, leg: nil), leastBytes: least,
          span: use.target.span)
      ]
    }
  }

  private func eachArm(
    _ ways: (CheckedRoute, ArmSkeleton, CheckedUse, Int64) -> [Way]
  ) -> [Way] {
    var all: [Way] = []
    for (index, route) in subject.policy.routes.enumerated() {
      guard let least = sizes.least[index], least <= Int64(MadeUpRequest.mostBytes) else {
        continue
      }
      for (arm, use) in zip(subject.decider.frozen.routes[index].arms, route.uses) {
        all += ways(route, arm, use, max(1, least))
      }
    }
    return all
  }
}

extension BoundStudy {
  /// A budget of money; where it has a `when`, only if it pays for nothing anywhere.
  func report(_ budget: CheckedBudget, _ id: BudgetID, _ report: inout LintReport) {
    guard case .money(let amount) = budget.cap else { return }
    self.report(
      .budget(id, left: amount), "`\(budget.name)`", at: written.amount(of: budget),
      places: ways(), onlyAsWhole: budget.condition != nil, &report)
  }

  /// One finding at the bound if it pays for no way at all, else one at each way it does not.
  func report(
    _ bound: MoneyBound, _ name: String, at place: Span, places: [Way],
    onlyAsWhole: Bool = false, _ report: inout LintReport
  ) {
    let failing = places.filter { !$0.reach.pays(bound, bytes: $0.leastBytes) }
    guard let first = failing.first else { return }
    let amount = subject.text(bound.amount)
    if failing.count == places.count {
      let short = failing.contains {
        $0.reach.pays(bound, bytes: $0.leastBytes, maxTokens: 1)
      }
      report.add(
        "\(name), \(amount), pays for no call", at: place, severity: short ? .warning : .error,
        notes: figures(first, bound))
      return
    }
    guard !onlyAsWhole else { return }
    for way in failing {
      report.add(
        "\(name), \(amount), pays for no call of `\(way.route.name)`", at: way.span,
        severity: way.reach.pays(bound, bytes: way.leastBytes, maxTokens: 1) ? .warning : .error,
        notes: figures(way, bound) + [Note("the bound is here", at: place)])
    }
  }

  private func figures(_ way: Way, _ bound: MoneyBound) -> [Note] {
    var notes: [Note] = []
    if let (model, need, output) = way.reach.cheapest(bytes: way.leastBytes) {
      notes.append(
        Note(
          "the cheapest call, \(subject.name(model)), needs \(subject.text(need)) for a prompt of "
            + "\(bytes(way.leastBytes)) and \(subject.tokens(output)) of answer"))
    }
    if way.leastBytes > 1,
      let longest = way.reach.longest(bound, below: way.leastBytes)
    {
      notes.append(
        Note(
          "it reaches prompts of \(bytes(longest)); `\(way.route.name)` takes none under "
            + "\(subject.tokens(way.leastBytes))",
          at: way.route.conditionSpan))
    }
    return notes
  }

  private func bytes(_ count: Int64) -> String {
    Amounts.count(count, "byte")
  }
}
