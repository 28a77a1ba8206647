import PolicySemantics
import PolicySyntax
package import PolicyUnits

extension Climb.Step {
  /// All its gates may cost together, as far as that is known.
  var charges: Spend {
    var sum = Spend.zero
    for pass in accepts { sum = sum + pass.reservation }
    return sum
  }

  /// Fewer output tokens than this are not worth a call: `min_output`, or all that is asked for.
  var leastOutput: Int64 { max(1, min(minOutput, outputCap ?? minOutput)) }
}

extension Climb.Charge {
  /// Nil if unknown.
  package var reservation: Money? {
    switch self {
    case .free: .zero
    case .atMost(let money): money
    case .unknown, .lost: nil
    }
  }
}

extension Climb.Pass {
  /// What is set aside for it: what is unknown is not, and is not asked under a bound.
  var reservation: Spend {
    if charge == .lost { return .zero }
    return Spend(money: charge.reservation ?? .zero, tokens: max(0, tokens ?? 0))
  }

  /// What a gate says of several answers together: it accepts them only if it accepts each.
  ///
  /// Nil of none.
  package func worst(of results: [GateResult]) -> GateResult? {
    results.first { !accepts($0) } ?? results.min { (rank($0) ?? .min) < (rank($1) ?? .min) }
  }

  package func accepts(_ result: GateResult) -> Bool {
    switch result {
    case .verdict(let verdict): return verdict
    case .failed: return acceptsOnFailure
    case .score(let score):
      guard let threshold else { return false }
      return threshold.comparison.holds(score.millionths, threshold.score.millionths)
    }
  }

  /// More is better, whatever the direction of the score; nil if the gate failed.
  func rank(_ result: GateResult) -> Int64? {
    switch result {
    case .verdict(let verdict): verdict ? 1 : 0
    case .failed: nil
    case .score(let score):
      switch threshold?.comparison {
      case .less, .lessOrEqual: 0 - score.millionths
      case .equal, .notEqual, .greater, .greaterOrEqual, nil: score.millionths
      }
    }
  }
}

extension Tariff {
  /// What to set aside for a call; nil if it cannot be known.
  package func reservation(input: Int64, cap: Int64?) -> Money? {
    if let cap { return atMost(input: input, output: cap) }
    guard affordableOutput(within: Money(nanos: .max), input: input) == .max else { return nil }
    return atMost(input: input, output: 0)
  }
}

extension AttemptRecord {
  /// Why the step was skipped.
  package var dropReason: DropReason? {
    switch verdict {
    case .dropped(let reason): reason
    case .accepted, .rejected, .failed, .timeUp, .cancelled: nil
    }
  }
}
