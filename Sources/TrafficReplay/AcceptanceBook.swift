import PolicySemantics
package import PolicyUnits
import RoutingRuntime
import TrafficLog

/// How often a tier's answer is accepted when it is reached, and how sure that is.
package struct TierAcceptance: Sendable {
  package let ladder: String
  package let model: String
  package let source: Source
  /// What is counted with; nil if nobody knows.
  package let share: Share?
  /// Between these, with 95 % confidence on either side; a share that was said is itself.
  package let low: Share
  package let high: Share

  func isOf(_ other: TierAcceptance) -> Bool { ladder == other.ladder && model == other.model }

  package enum Source: Hashable, Sendable {
    /// By whoever replays, or in the catalog, by the words of its source.
    case said(String)
    /// In the log, of so many answers that were held against the gates.
    case measured(accepted: Int64, reached: Int64)
    case unknown
  }
}

/// Acceptances by what knows them best: said for this replay, measured in the log, said in the catalog.
struct AcceptanceBook {
  let policy: CheckedPolicy
  let frozen: FrozenPolicy
  let rates: ReplayRates
  let tally: TierTally

  func acceptance(_ ladder: LadderID, _ model: ModelID) -> TierAcceptance {
    let names = TierName(ladder: policy[ladder].name, model: policy[model].name)
    func said(_ acceptance: Acceptance) -> TierAcceptance {
      TierAcceptance(
        ladder: names.ladder, model: names.model, source: .said(acceptance.source),
        share: acceptance.share, low: acceptance.share, high: acceptance.share)
    }
    if let given = rates.acceptance[model] { return said(given) }
    if let count = tally.counts[names], count.reached > 0 {
      return TierAcceptance(
        ladder: names.ladder, model: names.model,
        source: .measured(accepted: count.accepted, reached: count.reached),
        share: Share(millionths: count.accepted * 1_000_000 / count.reached),
        low: Share(BinomialBounds.lower(count.accepted, of: count.reached)),
        high: Share(BinomialBounds.upper(count.accepted, of: count.reached)))
    }
    if let known = frozen[model].acceptance { return said(known) }
    return TierAcceptance(
      ladder: names.ladder, model: names.model, source: .unknown, share: nil,
      low: Share(millionths: 0), high: .whole)
  }
}

extension Share {
  fileprivate init(_ part: Double) {
    self.init(millionths: Int64((min(max(part, 0), 1) * 1_000_000).rounded()))
  }
}
