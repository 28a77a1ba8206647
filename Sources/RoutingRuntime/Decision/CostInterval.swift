package import PolicySemantics
package import PolicyUnits

/// What something costs: at least, expected, at most.
///
/// A figure that cannot be known is unknown with its reason, never zero.
package struct CostInterval: Hashable, Sendable {
  /// The cheapest way it can end with an answer: the least input at the cheapest price that may
  /// apply, and no output.
  package let atLeast: CostFigure
  package let expected: CostFigure
  /// Never passed: every attempt bills, every gate rejects.
  package let atMost: CostFigure

  package init(atLeast: CostFigure, expected: CostFigure, atMost: CostFigure) {
    self.atLeast = atLeast
    self.expected = expected
    self.atMost = atMost
  }

  package static let zero = CostInterval(
    atLeast: .known(.zero), expected: .known(.zero), atMost: .known(.zero))
}

/// How many tokens a plan may use, of prompts and answers together.
package struct TokenSpend: Hashable, Sendable {
  /// Never passed: every attempt is billed, every gate rejects, and a limit that has less left holds.
  ///
  /// Nil if nothing bounds them.
  package let atMost: Int64?

  package init(atMost: Int64?) { self.atMost = atMost }

  package static let none = TokenSpend(atMost: 0)
}

package enum CostFigure: Hashable, Sendable {
  case known(Money)
  case unknown(UnknownCost)

  package var money: Money? {
    switch self {
    case .known(let money): money
    case .unknown: nil
    }
  }
}

/// Why a cost is unknown.
package enum UnknownCost: Hashable, Sendable {
  /// The catalog has no input or no output price.
  case price(ModelID)
  case embedderPrice(EmbedderID)
  /// Nothing limits the answer: no `max_tokens`, no `max_output`, no window in the catalog.
  case outputCap(ModelID)
  /// The request has images, and no tariff says how many tokens they are.
  case images(ModelID)
  /// Nobody has said how often answers of this model pass their gates.
  case acceptance(ModelID)
  /// A classifier has to answer before there is a plan.
  case undecided(ClassifierID)
}
