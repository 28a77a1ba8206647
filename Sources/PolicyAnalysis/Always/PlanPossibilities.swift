import PolicySemantics
import PolicySyntax
import PolicyUnits
import RoutingRuntime

/// Whether a line of an `always` holds for every size in a box.
///
/// Each way the calls may come and go is held against the line by the check that judges tests.
struct PlanPossibilities {
  private let policy: CheckedPolicy
  private let bounds: PlanBounds
  /// The calls whose answer could be the caller's, in order.
  private let answering: [Int]
  private let start: Int

  init(_ policy: CheckedPolicy, _ bounds: PlanBounds) {
    self.policy = policy
    self.bounds = bounds
    let plan = bounds.easy.plan
    answering = plan.calls.indices.filter { plan.calls[$0].step.answers }
    start = plan.start
  }

  /// False also where it cannot be told.
  func allMeet(_ line: Expectation) -> Bool {
    switch line.kind {
    case .task, .route, .cached: return meets(bounds.easy, line)
    case .first, .last, .firstModel, .lastModel: return isRefused || modelsMeet(line)
    case .calls(let wanted): return callsMeet(line, wanted)
    case .refusedBy: return refuserMeets(line)
    case .worstCost: return costMeets(line, bounds.costAtMost?.nanos)
    case .expectedCost: return costMeets(line, bounds.expectedAtMost?.nanos)
    case .climbs, .answeredBy: return false
    }
  }

  /// Whether a corner of the box breaks the line: then a request of about that size may.
  func someCornerBreaks(_ line: Expectation, evenLarge: Bool) -> Bool {
    bounds.smallCorners.contains { !meets($0, line) }
      || evenLarge && bounds.largeCorners.contains { !meets($0, line) }
  }

  /// The calls a line hangs on in this box: one that would break it and those before it that would
  /// be called instead, or all that come and go.
  func culprits(of line: Expectation) -> [Int] {
    let open = answering.filter { bounds.may[$0] && !bounds.must[$0] }
    let must = Set(answering.filter { bounds.must[$0] })
    switch line.kind {
    case .first, .firstModel, .last, .lastModel:
      let breaking = answering.first {
        $0 >= start && bounds.may[$0] && !meets(bounds.easy.keeping(must.union([$0])), line)
      }
      guard let breaking else { return open }
      return [breaking] + open.filter { $0 < breaking }.reversed()
    case .task, .route, .calls, .climbs, .answeredBy, .cached, .refusedBy, .worstCost,
      .expectedCost:
      return open
    }
  }

  /// Whether asking a gate of a call's tier costs money too.
  func isJudged(_ call: Int) -> Bool {
    let calls = bounds.easy.plan.calls
    guard calls.indices.contains(call + 1) else { return false }
    if case .judge = calls[call + 1].step.role { return true }
    return false
  }

  /// The least output a call is made for.
  func minOutput(of call: Int) -> Int64 { bounds.easy.plan.calls[call].step.minOutput }

  /// The model of a call, if the catalog has it.
  func model(of call: Int) -> ModelID? { bounds.easy.plan.calls[call].model }

  /// Whether some sizes in the box are more than a call's window, and some are not.
  func losesWindow(_ call: Int) -> Bool { bounds.losesWindow[call] }

  private func meets(_ decision: Decision, _ line: Expectation) -> Bool {
    ExpectationCheck(ofAll: policy, decision).problem(with: line) == nil
  }

  /// Refused whatever the sizes: by a guard, by the route, by a budget that is spent.
  private var isRefused: Bool {
    switch bounds.easy.outcome {
    case .refused(.byGuard), .refused(.byRoute), .refused(.byBudget): true
    case .refused(.emptied), .refused(.unreadable), .route, .needs: false
    }
  }

  private var canBeEmptied: Bool { !answering.contains { bounds.must[$0] } }

  // MARK: Models

  /// Every pair of a first and a last call there may be.
  private func modelsMeet(_ line: Expectation) -> Bool {
    let must = Set(answering.filter { bounds.must[$0] })
    let reachable = answering.filter { $0 >= start }
    for first in reachable where bounds.may[first] {
      for last in lasts(from: first, reachable)
      where !meets(bounds.easy.keeping(must.union([first, last])), line) {
        return false
      }
      if bounds.must[first] { return true }
    }
    // Nothing after the start is kept, but something before it may be: then nothing is called.
    guard let before = answering.first(where: { $0 < start && bounds.may[$0] }) else {
      return true
    }
    return meets(bounds.easy.keeping([before]), line)
  }

  private func lasts(from first: Int, _ reachable: [Int]) -> [Int] {
    let calls = bounds.easy.plan.calls
    var found: [Int] = []
    for index in reachable.reversed()
    where index >= first && calls[index].step.leg == calls[first].step.leg && bounds.may[index] {
      found.append(index)
      if bounds.must[index] { break }
    }
    return found
  }

  // MARK: Figures

  private func callsMeet(_ line: Expectation, _ wanted: Int64) -> Bool {
    guard !isRefused else { return line.comparison.holds(0, wanted) }
    let calls = bounds.easy.plan.calls
    func attempts(_ kept: [Bool]) -> Int64 {
      answering.reduce(0) { sum, index in
        index >= start && kept[index] ? sum + Int64(calls[index].step.attempts) : sum
      }
    }
    let (least, most) = (canBeEmptied ? 0 : attempts(bounds.must), attempts(bounds.may))
    switch line.comparison {
    case .less, .lessOrEqual: return line.comparison.holds(most, wanted)
    case .greater, .greaterOrEqual: return line.comparison.holds(least, wanted)
    case .equal: return least == wanted && most == wanted
    case .notEqual: return most < wanted || least > wanted
    }
  }

  /// Only bounds from above are known of what is served; what is refused costs nothing.
  private func costMeets(_ line: Expectation, _ most: Int64?) -> Bool {
    let canBeServed = !isRefused && answering.contains { bounds.may[$0] }
    guard canBeServed else { return meets(bounds.easy, line) }
    guard let most else { return false }
    let wanted: Int64
    switch line.kind {
    case .worstCost(let money), .expectedCost(let money): wanted = money.nanos
    case .task, .route, .first, .last, .calls, .climbs, .answeredBy, .cached, .refusedBy,
      .firstModel, .lastModel:
      return false
    }
    switch line.comparison {
    case .less, .lessOrEqual: return line.comparison.holds(most, wanted)
    case .greater, .greaterOrEqual, .equal, .notEqual: return false
    }
  }

  // MARK: Refusals

  private func refuserMeets(_ line: Expectation) -> Bool {
    if isRefused { return meets(bounds.easy, line) }
    let canBeRouted = answering.contains { bounds.may[$0] }
    if canBeRouted {
      let kept = Set(answering.filter { bounds.may[$0] })
      guard meets(bounds.easy.keeping(kept), line) else { return false }
    }
    guard canBeEmptied else { return true }
    // Which reason answers for an empty plan is known if every call has but one.
    guard !canBeRouted, bounds.dropsAlike else { return false }
    return meets(bounds.easy, line)
  }
}
