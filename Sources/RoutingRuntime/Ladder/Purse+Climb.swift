import PolicyUnits

extension Purse {
  /// With what was spent before the climb settled under every budget; a ladder's own bound counts from
  /// the compressing of its context on.
  init(_ climb: Climb) {
    let (spent, compressing) = (climb.before.spend, climb.compressing.spend)
    guard spent != .zero || compressing != .zero else {
      self.init(bounds: climb.bounds, tokenBounds: climb.tokenBounds)
      return
    }
    self.init(bounds: climb.bounds.filter { !$0.isLadder }, tokenBounds: climb.tokenBounds)
    take(spent)
    for bound in climb.bounds where bound.isLadder { open(bound) }
    take(compressing)
  }

  /// What does not fit was billed beyond what was set aside for it, and is told as such.
  private mutating func take(_ spent: Spend) {
    settle(spent, reserved: reserve(spent) ? spent : .zero)
  }
}

extension MoneyBound {
  fileprivate var isLadder: Bool {
    switch self {
    case .ladder: true
    case .budget: false
    }
  }
}
