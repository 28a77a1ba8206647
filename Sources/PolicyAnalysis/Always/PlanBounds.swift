import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What plans over a box of sizes have in common, from the plans of its corners.
///
/// Whether a call is kept falls with the size of what is sent, with the room that is asked for and
/// with what is spent, each by itself. So a call that is kept in the hardest corner is kept
/// everywhere, and one that is dropped in the easiest is dropped everywhere. The planner that decides
/// requests decides the corners.
struct PlanBounds {
  /// Everything small, and all money and tokens there.
  let easy: Decision
  /// What is decided where texts are smallest, and where they are largest.
  let smallCorners: [Decision]
  let largeCorners: [Decision]
  /// By call of the plan: kept whatever the sizes; kept for some.
  let must: [Bool]
  let may: [Bool]
  /// Calls that the largest prompt would not fit, though the smallest does.
  let losesWindow: [Bool]
  /// At most what anything in the box costs; nil if it cannot be known.
  let costAtMost: Money?
  /// The same of what is expected; nil too if calls may come and go.
  let expectedAtMost: Money?
  /// Whether each call that is dropped everywhere is so for one reason.
  let dropsAlike: Bool

  init(_ found: AlwaysCase, _ box: PlanSizeBox, _ decider: Decider) {
    func decision(_ ends: CornerSizes.Ends) -> Decision {
      decider.decision(in: found.situation(CornerSizes(box, ends), decider.frozen.policy))
    }
    typealias Ends = CornerSizes.Ends
    let easy = decision(Ends())
    let easiest = decision(Ends(asksForOne: true))
    let largest = decision(Ends(low: .most, high: .most))
    let hardest = decision(Ends(bound: .most, bytes: .most, maxTokens: .most, left: .least))
    let dearest = decision(Ends(bound: .most, bytes: .most, maxTokens: .most))
    let poorest = decision(Ends(left: .least))
    smallCorners = [easy, easiest, poorest]
    largeCorners = [largest, hardest, dearest]
    let calls = easy.plan.calls
    let kept = calls.indices.map { index -> PlannedCall? in
      let (call, other) = (calls[index], easiest.plan.calls[index])
      if call.isKept { return call }
      return call.dropReason?.isShortOfBudget == true && other.isKept ? other : nil
    }
    may = kept.map { $0 != nil }
    losesWindow = calls.indices.map {
      kept[$0] != nil && largest.plan.calls[$0].dropReason?.isWindow == true
    }
    let loses = losesWindow
    must = calls.indices.map { hardest.plan.calls[$0].isKept && !loses[$0] }
    var base = easy
    base.adopt(kept)
    self.easy = base
    dropsAlike = calls.indices.allSatisfy { index in
      kept[index] != nil
        || [easiest, largest, hardest].allSatisfy {
          $0.plan.calls[index].dropReason.map(Kind.init) == calls[index].dropReason.map(Kind.init)
        }
    }
    costAtMost = Self.cost(dearest, decider.frozen, may)
    expectedAtMost =
      may == must && !dearest.isClampedBelowOrdinary ? dearest.cost.expected.money : nil
  }

  /// A reason without the figures that differ from request to request.
  private enum Kind: Hashable {
    case guarding(GuardID), window, money(MoneyOwner), other
    enum MoneyOwner: Hashable { case ladder(LadderID), budget(BudgetID) }

    init(_ reason: DropReason) {
      switch reason {
      case .keptOut(let id, _): self = .guarding(id)
      case .windowTooSmall: self = .window
      case .tooLittleLeft(let bound, _, _), .unknownPrice(let bound), .unboundedImages(let bound):
        switch bound {
        case .ladder(let id, _): self = .money(.ladder(id))
        case .budget(let id, _): self = .money(.budget(id))
        }
      case .tooFewTokensLeft(let bound, _, _), .unboundedTokens(let bound):
        self = .money(.budget(bound.budget))
      case .notInCatalog, .lacks, .tierDropped, .lineDoesNotApply: self = .other
      }
    }
  }

  /// The plan's cost in its dearest corner.
  ///
  /// A call that money clamps or drops there may cost all its bound allows in another; one that a
  /// limit on tokens does, all that so many tokens can cost.
  private static func cost(
    _ dearest: Decision, _ frozen: FrozenPolicy, _ may: [Bool]
  ) -> Money? {
    guard case .known(var most) = dearest.cost.atMost else { return nil }
    var isBounded = false
    for (index, call) in dearest.plan.calls.enumerated() where may[index] || !call.step.answers {
      switch (call.status, call.output.limitedBy) {
      case (.dropped(.tooLittleLeft(let bound, _, _)), _), (.kept, .money(let bound)):
        most += bound.amount
        isBounded = true
      case (.dropped(.tooFewTokensLeft(let bound, _, _)), _), (.kept, .tokens(let bound)):
        guard let more = frozen.most(of: call, within: bound.left) else { return nil }
        most += more
        isBounded = true
      case (.kept, _), (.dropped, _): continue
      }
    }
    guard isBounded else { return most }
    // Everything stays within the tightest bound on the whole request, if there is one.
    return frozen.wholeBound(of: dearest).map { min(most, $0) } ?? most
  }
}

extension DropReason {
  fileprivate var isWindow: Bool {
    if case .windowTooSmall = self { true } else { false }
  }
}

extension Decision {
  /// Whether a call's answer may be cut shorter here than an ordinary one, and so be cheaper than
  /// where less is sent.
  fileprivate var isClampedBelowOrdinary: Bool {
    plan.calls.contains { call in
      switch call.output.limitedBy {
      case .money, .tokens: (call.output.tokens ?? .max) < Expectations.ordinaryOutput
      case .nothing, .caller, .option, .model, .window, .role: false
      }
    }
  }
}

extension FrozenPolicy {
  /// What all attempts of a call cost at most, if they use no more tokens than these; nil if its
  /// price is unknown.
  fileprivate func most(of call: PlannedCall, within tokens: Int64) -> Money? {
    guard let id = call.model else { return nil }
    return self[id].tariff.atMost(input: tokens, output: tokens)
  }

  /// The tightest of the bounds on all a decision may spend; nil if nothing bounds it.
  fileprivate func wholeBound(of decision: Decision) -> Money? {
    var bounds: [Money] = []
    for standing in decision.budgets {
      if case .money = policy[standing.budget].cap { bounds.append(Money(nanos: standing.left)) }
    }
    if let id = decision.plan.legs.first?.ladder, let most = policy[id].maxBudget {
      bounds.append(most)
    }
    return bounds.min()
  }
}
