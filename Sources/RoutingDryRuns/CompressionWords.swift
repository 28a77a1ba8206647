import ContextCompression
package import PolicySemantics
package import PolicyUnits
package import RoutingCompression
import RoutingRuntime

/// A compression in a few words.
package struct CompressionWords {
  private let policy: CheckedPolicy

  package init(_ policy: CheckedPolicy) { self.policy = policy }

  /// `594 to 342 tokens at deepseek-v4-flash, spares $0.00000252`, or why nothing is done.
  package func sum(_ step: RequestCompression.Step) -> String? {
    guard let gain = step.gain else { return step.leftAlone.map(words) }
    let first = gain.first
    var text =
      "\(Amounts.grouped(first.before)) to \(Amounts.count(first.after, "token")) at "
      + policy[gain.firstModel].name
    if let spared = first.spared { text += ", spares \(amount(spared))" }
    if let lost = first.lostDiscount, lost.nanos > 0 {
      text += " after \(amount(lost)) of discount lost"
    }
    return text + (step.leftAlone.map { "; " + words($0) } ?? "")
  }

  package func amount(_ money: Money) -> String {
    Amounts.text(money, currency: policy.vocabulary.currency)
  }

  package func words(_ reason: RequestCompression.LeftAlone) -> String {
    switch reason {
    case .nothingToCompress: "sent as it came: it has no context that may be compressed"
    case .nothingSaved: "sent as it came: nothing could be taken out"
    case .noGround:
      "sent as it came: the question shares no word with it that tells what of it is needed"
    case .checkFailed(let problem):
      "sent as it came: what was made is not its source, cut (\(problem.rawValue))"
    case .doesNotPay: "sent as it came: compressed it would not cost less"
    case .unknownPrice: "sent as it came: nobody knows what it would spare"
    case .unreadable: "sent as it came: its messages cannot be written anew"
    case .notAsked: "the model is asked when the request is run"
    case .notPermitted: "sent as it came: a guard or a budget keeps the model from being asked"
    case .callFailed: "sent as it came: the model gave no summary"
    }
  }
}

extension Plan {
  /// Where the compressions that apply stand among the effects.
  var compressLines: [Int] {
    effects.indices.filter { index in
      guard effects[index].state == .applies else { return false }
      return if case .compress = effects[index].kind { true } else { false }
    }
  }
}
