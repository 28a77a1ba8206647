import PolicyUnits
import TrafficLog

extension TierBook {
  var gateReport: [AuditGate] {
    gates.sorted { $0.key < $1.key }.map { name, gate in
      AuditGate(
        name: name, asked: gate.asked, rejected: gate.rejected, failed: gate.failed,
        rejectsAtMost: Self.millionths(BinomialBounds.upper(gate.rejected, of: gate.asked)))
    }
  }

  var ladderReport: [AuditLadder] {
    ladders.sorted { $0.key < $1.key }.map { name, ladder in
      let tiers = tiers.filter { $0.key.ladder == name }.map { key, tier in
        AuditTier(
          model: key.model, place: tier.place, reached: tier.reached, accepted: tier.accepted,
          meanCost: tier.costed > 0 ? Int64(clamping: tier.cost / Int128(tier.costed)) : nil,
          low: Self.millionths(BinomialBounds.lower(tier.accepted, of: tier.reached)),
          high: Self.millionths(BinomialBounds.upper(tier.accepted, of: tier.reached)))
      }
      .sorted { ($0.place, $0.model) < ($1.place, $1.model) }
      return AuditLadder(
        name: name, requests: ladder.requests, tiers: tiers,
        climbing: Self.climbing(
          tiers, beside: Int64(clamping: ladder.beside / Int128(max(1, ladder.requests)))))
    }
  }

  /// A tier is paid by the requests that no tier before it accepted.
  ///
  /// The last tier in the log is the last of the ladder, or nobody ever needed it.
  private static func climbing(_ tiers: [AuditTier], beside: Int64) -> AuditLadder.Climbing? {
    guard tiers.count > 1, let direct = tiers.last?.meanCost,
      tiers.allSatisfy({ $0.meanCost != nil && $0.reached > 0 })
    else { return nil }
    func cost(_ acceptance: (AuditTier) -> (part: Int64, whole: Int64)) -> Int64 {
      var value = Int128(direct)
      for tier in tiers.dropLast().reversed() {
        let (accepted, all) = acceptance(tier)
        value = Int128(tier.meanCost ?? 0) + value * Int128(all - accepted) / Int128(all)
      }
      return Int64(clamping: value + Int128(beside))
    }
    return AuditLadder.Climbing(
      expected: cost { ($0.accepted, $0.reached) },
      low: cost { ($0.high, 1_000_000) }, high: cost { ($0.low, 1_000_000) }, direct: direct)
  }

  static func millionths(_ share: Double) -> Int64 {
    Int64((min(max(share, 0), 1) * 1_000_000).rounded())
  }
}
