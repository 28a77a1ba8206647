import PolicyExplain
import PolicyUnits

/// Figures of an explanation, in the words its text form uses.
struct ExplanationWords {
  let currency: String

  func figure(_ figure: Explanation.Figure) -> String {
    switch figure {
    case .known(let money): Amounts.text(money, currency: currency)
    case .unknown(let reason): "unknown (\(reason))"
    }
  }

  func range(_ cost: Explanation.CostLine) -> String {
    if case .unknown = cost.atLeast, cost.atLeast == cost.atMost { return figure(cost.atMost) }
    return "\(figure(cost.atLeast)) to \(figure(cost.atMost))"
  }

  func output(_ call: Explanation.CallLine) -> String {
    if call.maxOutput == 0 { return "" }
    guard let tokens = call.maxOutput else { return call.outputLimit }
    var text = "max \(Amounts.grouped(tokens)) (\(call.outputLimit))"
    if let worst = call.outputAtWorst, worst < tokens {
      text += worst == 0 ? ", none if all before it cost their most" : ", \(worst) at worst"
    }
    return text
  }
}
