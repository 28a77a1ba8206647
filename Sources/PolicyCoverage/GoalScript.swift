import PolicyAnalysis
import PolicyGraph
import PolicySemantics
import PolicySource
import RoutingRuntime

/// Makes of a request that reaches something a test that shows it: with who asks, what is spent and
/// how the climb goes.
struct GoalScript {
  private let decider: Decider
  private let runner: PolicyTestRunner

  init(_ decider: Decider) {
    self.decider = decider
    // It runs no test, so it reads no file of one.
    runner = PolicyTestRunner(decider) { _ in .failure(.init("not read")) }
  }

  private var policy: CheckedPolicy { decider.graph.policy }

  /// Names tried for who asks, until a split sends one down the arm.
  private static let mostCallers = 400

  /// The request, and what its climb is given, so that the goal is shown; nil if no way was found.
  func test(
    for goal: CoverageGoal, from draft: RequestDraft, _ writer: CaseWriter
  ) -> (CaseWriter.Written, PolicyCase.Climbing)? {
    // A guard may hold by an answer that no decision asks for.
    for all in policy.classifiers.isEmpty ? [false] : [false, true] {
      if let found = test(for: goal, requests(for: goal, from: draft), givenAll: all, writer) {
        return found
      }
    }
    return nil
  }

  private func test(
    for goal: CoverageGoal, _ requests: [RequestDraft], givenAll all: Bool, _ writer: CaseWriter
  ) -> (CaseWriter.Written, PolicyCase.Climbing)? {
    for request in requests {
      guard let written = writer.written(request, givenAll: all),
        let full = script(goal, written.decision), shows(goal, written, full)
      else { continue }
      let script = full.pruned { shows(goal, written, $0) }
      let outcome = runner.outcome(of: written.decision, given: script.given)
      let climb = PolicyCase.Climbing(
        given: script.lines, expect: script.lines.isEmpty ? [] : expect(of: outcome))
      return (written, climb)
    }
    return nil
  }

  private func shows(
    _ goal: CoverageGoal, _ written: CaseWriter.Written, _ script: ClimbScript
  ) -> Bool {
    let outcome = runner.outcome(of: written.decision, given: script.given)
    return TestShowings(decider)
      .shown(by: written.decision, of: written.block.input, outcome).contains(goal.what)
  }

  /// The requests to try: the one that was found, with who asks and what is spent changed so that it
  /// may show the goal.
  private func requests(for goal: CoverageGoal, from draft: RequestDraft) -> [RequestDraft] {
    switch goal.what {
    case .budget(let id):
      var spent = draft
      spent.budgets[policy[id].name] = policy[id].cap.amount
      return [spent]
    case .classifierFails(let id):
      var failing = draft
      failing.failing = policy[id].name
      return [failing]
    case .line, .arm, .fallback, .tier, .gate, .gateFails:
      // A line may go by who asks, or by the conversation; all of them may stand in an arm.
      var named = draft
      named.identities[.user] = "user-1"
      named.identities[.conversation] = "conversation-1"
      // And a bound may leave room for a short answer only.
      var brief = draft
      brief.maxTokens = 1
      return [draft, named, brief] + OtherAnswers(policy).drafts(of: draft)
        + OtherCallers(policy).drafts(of: draft, count: Self.mostCallers)
    case .route, .condition, .guarding: return [draft]
    }
  }

  /// What the climb of a decision is given; nil if no climb can show the goal.
  private func script(_ goal: CoverageGoal, _ decision: Decision) -> ClimbScript? {
    var script = ClimbScript(policy)
    let isWritten =
      switch goal.what {
      case .tier(let ladder, let tier), .gate(let ladder, let tier, _, true):
        script.reach(tier, of: policy[ladder])
      case .gate(let ladder, let tier, let pass, false):
        script.reject(at: pass, of: tier, in: policy[ladder])
      case .gateFails(let id): fail(id, decision.plan, &script)
      case .fallback(_, let span): fail(upTo: span, decision.plan, &script)
      case .route, .condition, .arm, .line, .guarding, .budget, .classifierFails: true
      }
    return isWritten ? script : nil
  }

  /// Lets a gate fail at the first tier of the plan that accepts by it.
  private func fail(_ gate: GateID, _ plan: Plan, _ script: inout ClimbScript) -> Bool {
    for case .gate(let ladder, let tier, let pass, _) in policy.askings(of: gate)
    where plan.calls.contains(where: { $0.step.role == .tier(ladder, tier) }) {
      return script.fail(at: pass, of: tier, in: policy[ladder])
    }
    return false
  }

  /// Lets everything before a fallback fail in a way it follows.
  private func fail(upTo span: Span, _ plan: Plan, _ script: inout ClimbScript) -> Bool {
    guard let leg = plan.legs.firstIndex(where: { $0.span == span && !$0.follows.isEmpty }) else {
      return false
    }
    let earlier = plan.legs[..<leg]
    let wanted = plan.legs[leg].follows.sorted { $0.rawValue > $1.rawValue }
    // Best one that no fallback before it follows; else those fail as well.
    let own = wanted.first { failure in !earlier.contains { $0.follows.contains(failure) } }
    guard let failure = own ?? wanted.first else { return false }
    for call in plan.calls where call.step.answers {
      guard let at = call.step.leg, at < leg, let model = call.model else { continue }
      script.fail(model, failure)
    }
    return true
  }

  private func expect(of outcome: LadderOutcome?) -> [String] {
    guard let outcome else { return [] }
    var expect: [String] = []
    if let model = outcome.answering?.model {
      expect.append("answered_by = \(policy[model].name)")
    }
    if outcome.climbs > 0 { expect.append("climbs = \(outcome.climbs)") }
    expect.append("calls = \(outcome.calls)")
    return expect
  }
}
