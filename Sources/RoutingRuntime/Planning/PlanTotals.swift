import PolicySemantics
import PolicyUnits

/// What a plan's calls cost together.
struct PlanTotals {
  /// Every call so far at its most: gates reject, attempts fail and bill, fallbacks follow.
  private(set) var worst = CostFigure.known(.zero)
  /// The same in tokens; nil once nothing bounds them.
  private(set) var worstTokens: Int64? = 0
  /// Calls before the legs, at their least and as expected.
  private var before = CostInterval.zero
  /// The cheapest of the calls that may answer.
  private var cheapest: CostFigure?
  private var expected = CostFigure.known(.zero)
  /// The chance that the next tier is reached, in millionths; nil once it is unknown.
  private var reach: Int64? = 1_000_000
  private var unknownReach: ModelID?
  private var isFirstLeg = true
  private var hasLeg = false

  mutating func startLeg() {
    isFirstLeg = !hasLeg
  }

  mutating func add(before call: PlannedCall) {
    guard call.isKept else { return }
    addWorst(call)
    before = CostInterval(
      atLeast: before.atLeast + call.cost.atLeast, expected: before.expected + call.cost.expected,
      atMost: before.atMost + call.cost.atMost)
  }

  mutating func add(shadow call: PlannedCall) {
    guard call.isKept, case .shadow(let share) = call.step.role else { return }
    addWorst(call)
    expected = expected + call.cost.expected.times(share.millionths)
  }

  /// A call with an answer and its judges; `acceptance` is nil if nobody knows.
  mutating func add(_ call: PlannedCall, judges: [PlannedCall], acceptance: Share?) {
    guard call.isKept else { return }
    hasLeg = true
    addWorst(call)
    for judge in judges where judge.isKept { addWorst(judge) }
    cheapest = cheapest.map { $0.orLess(call.cost.atLeast) } ?? call.cost.atLeast
    guard isFirstLeg else { return }
    guard let reach else {
      expected = .unknown(unknownReach.map(UnknownCost.acceptance) ?? .images(ModelID(0)))
      return
    }
    guard reach > 0 else { return }
    var asked = call.cost.expected
    for judge in judges where judge.isKept { asked = asked + judge.cost.expected }
    expected = expected + asked.times(reach)
    if let acceptance {
      self.reach = reach * max(0, 1_000_000 - acceptance.millionths) / 1_000_000
    } else {
      self.reach = nil
      unknownReach = call.model
    }
  }

  private mutating func addWorst(_ call: PlannedCall) {
    worst = worst + call.cost.atMost
    if let most = worstTokens, let more = call.tokensAtMost {
      worstTokens = Saturated.sum(most, more)
    } else {
      worstTokens = nil
    }
  }

  func tokens(under bound: TokenBound?) -> TokenSpend {
    guard cheapest != nil else { return .none }
    guard let bound else { return TokenSpend(atMost: worstTokens) }
    return TokenSpend(atMost: min(worstTokens ?? .max, bound.left))
  }

  func interval(under bound: MoneyBound?) -> CostInterval {
    guard let cheapest else { return .zero }
    var atMost = worst
    if let bound {
      atMost = .known(worst.money.map { min($0, bound.amount) } ?? bound.amount)
    }
    return CostInterval(
      atLeast: before.atLeast + cheapest, expected: before.expected + expected, atMost: atMost)
  }
}

extension CostFigure {
  /// Unknown if either is.
  static func + (a: CostFigure, b: CostFigure) -> CostFigure {
    switch (a, b) {
    case (.known(let x), .known(let y)): .known(x + y)
    case (.unknown, _): a
    case (_, .unknown): b
    }
  }

  /// The smaller of two; unknown if either is, as the unknown one may be smaller.
  func orLess(_ other: CostFigure) -> CostFigure {
    switch (self, other) {
    case (.known(let x), .known(let y)): .known(min(x, y))
    case (.unknown, _): self
    case (_, .unknown): other
    }
  }

  /// A part in millionths, rounded up.
  func times(_ millionths: Int64) -> CostFigure {
    guard millionths != 1_000_000, let money else { return self }
    let product = Int128(money.nanos) * Int128(max(0, millionths))
    let (quotient, remainder) = product.quotientAndRemainder(dividingBy: 1_000_000)
    return .known(Money(nanos: Int64(clamping: quotient + (remainder > 0 ? 1 : 0))))
  }
}
