import PolicyUnits

extension Purse {
  /// With what was spent before the climb settled under every budget; a ladder's own bound counts
  /// from here on.
  init(_ climb: Climb) {
    let spent = climb.before.spend
    guard spent != .zero else {
      self.init(bounds: climb.bounds, tokenBounds: climb.tokenBounds)
      return
    }
    self.init(bounds: climb.bounds.filter { !$0.isLadder }, tokenBounds: climb.tokenBounds)
    // What does not fit was billed beyond what was set aside for it, and is told as such.
    settle(spent, reserved: reserve(spent) ? spent : .zero)
    for bound in climb.bounds where bound.isLadder { open(bound) }
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
